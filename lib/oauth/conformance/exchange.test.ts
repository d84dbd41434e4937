import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { TOKEN_EXCHANGE } from '../grant-type.ts'
import { USER_ID_TYPE } from '../grants/subject-token.ts'
import { ACCESS_TOKEN_TYPE } from '../token-response.ts'
import {
  type Answer,
  basic,
  bearer,
  connect,
  type Form,
  isActive,
  type OAuthClient,
  oauthClient,
  outcomeOf,
  postForm,
  postJson,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestProject, TestUser } from './target.ts'

const PATH = '/api/oauth/token/exchange'

conformance('token exchange', (subject) => {
  let project: TestProject
  let user: TestUser
  let client: OAuthClient
  let access: string
  beforeAll(async () => {
    project = await subject.target.project()
    await project.addResource('https://files.example.com')
    await project.addScope('admin', false)
    user = await project.user()
    client = oauthClient(project, await project.client())
    ;({ access } = await connect(project, client, { user }))
  })
  const mint = (body: unknown, headers = bearer(project.serverSecret) as Readonly<Record<string, string>>) =>
    postJson(project, PATH, body, headers)
  const exchange = (form: Form, headers = bearer(project.serverSecret) as Readonly<Record<string, string>>) =>
    postForm(project, '/api/oauth/token', { grant_type: TOKEN_EXCHANGE, ...form }, { headers })
  const byUserId = (form: Form = {}) => exchange({ subject_token: 'user-1', subject_token_type: USER_ID_TYPE, ...form })
  const byToken = (form: Form = {}, headers?: Readonly<Record<string, string>>) =>
    exchange({ subject_token: access, subject_token_type: ACCESS_TOKEN_TYPE, ...form }, headers)
  const rows = async (action: string) => (await project.audit()).filter((row) => row.action === action)
  const claimsOf = (answer: Answer) => decodeJwt(tokensOf(answer).access)

  describe('by JSON', () => {
    it('X18 yields a token for the user the backend names, and no refresh token', async () => {
      const answer = await mint({ user_id: 'customer|42' })
      expect(Object.keys(answer.body).toSorted()).toEqual(['access_token', 'expires_in', 'issued_token_type', 'scope', 'token_type'])
      expect(answer.body.issued_token_type).toBe(ACCESS_TOKEN_TYPE)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(claimsOf(answer)).toMatchObject({
        sub: 'customer|42',
        client_id: 'backend',
        iss: project.issuer,
        aud: project.resource,
        scope: 'read write',
      })
    })

    it('X23 leaves exactly one row, with actor, subject, audience, scope and jti', async () => {
      const claims = claimsOf(await mint({ user_id: 'logged-1', claims: { tenant: 'acme' } }))
      const issued = (await rows('exchange.issued')).filter(({ userId }) => userId === 'logged-1')
      expect(issued).toHaveLength(1)
      expect(issued[0]).toMatchObject({
        actorKind: 'backend',
        clientId: 'backend',
        detail: { jti: claims.jti, aud: claims.aud, scope: 'read write', claims: ['tenant'] },
      })
    })

    it('names scope, resource, client, lifetime and claims', async () => {
      const answer = await mint({
        user_id: 'u',
        scope: 'read',
        resource: 'https://files.example.com/',
        client_id: client.clientId,
        expires_in: 60,
        claims: { tenant: 'acme', roles: ['a'] },
      })
      const claims = claimsOf(answer)
      expect(claims).toMatchObject({
        scope: 'read',
        aud: 'https://files.example.com',
        client_id: client.clientId,
        tenant: 'acme',
        roles: ['a'],
      })
      expect([answer.body.expires_in, Number(claims.exp) - Number(claims.iat)]).toEqual([60, 60])
    })

    it('X24 lives no longer than the project lets tokens live', async () => {
      expect((await mint({ user_id: 'u', expires_in: 10_000_000 })).body.expires_in).toBe(3600)
    })

    it('takes several resources', async () => {
      expect(claimsOf(await mint({ user_id: 'u', resource: [project.resource, 'https://files.example.com'] })).aud).toEqual([
        project.resource,
        'https://files.example.com',
      ])
    })

    it('can be introspected and revoked like any other', async () => {
      const token = tokensOf(await mint({ user_id: 'u', client_id: client.clientId })).access
      expect(await isActive(project, token)).toBe(true)
      await client.revoke(token)
      expect(await isActive(project, token)).toBe(false)
    })

    it.each<[string, unknown, string]>([
      ['no user_id', {}, '400 invalid_request'],
      ['an empty user_id', { user_id: '' }, '400 invalid_request'],
      ['X02 a user_id that is a list', { user_id: ['a', 'b'] }, '400 invalid_request'],
      ['X02 a user_id twice', '{"user_id":"a","user_id":"b"}', '400 invalid_request'],
      ['X15 a user_id of 10 KB', { user_id: 'x'.repeat(10_000) }, '400 invalid_request'],
      ['X15 a user_id with NUL', { user_id: 'a\0b' }, '400 invalid_request'],
      ['X15 a user_id with a lone surrogate', '{"user_id":"a\\ud800"}', '400 invalid_request'],
      ['J13 a user_id that reads as a client', { user_id: 'c_AAAAAAAAAAAAAAAAAAAAAA' }, '400 invalid_request'],
      ['J13 a user_id that reads as the backend', { user_id: 'backend' }, '400 invalid_request'],
      ['an unknown client', { user_id: 'u', client_id: 'c_unknown' }, '400 invalid_request'],
      ['X04 a lifetime of 0', { user_id: 'u', expires_in: 0 }, '400 invalid_request'],
      ['X04 a negative lifetime', { user_id: 'u', expires_in: -1 }, '400 invalid_request'],
      ['X04 half a second', { user_id: 'u', expires_in: 0.5 }, '400 invalid_request'],
      ['X04 a lifetime as text', { user_id: 'u', expires_in: '60' }, '400 invalid_request'],
      ['J06 an infinite lifetime', '{"user_id":"u","expires_in":1e400}', '400 invalid_request'],
      ['X12 an unknown scope', { user_id: 'u', scope: 'root' }, '400 invalid_scope'],
      ['X12 a foreign resource', { user_id: 'u', resource: 'https://evil.test' }, '400 invalid_target'],
      [
        'RI11 one foreign resource among ours',
        { user_id: 'u', resource: ['https://files.example.com', 'https://evil.test'] },
        '400 invalid_target',
      ],
      ['X13 act in the claims', { user_id: 'u', claims: { act: { sub: 'x' } } }, '400 invalid_request'],
      ['iss in the claims', { user_id: 'u', claims: { iss: 'https://evil.test' } }, '400 invalid_request'],
      ['aud in the claims', { user_id: 'u', claims: { aud: 'https://evil.test' } }, '400 invalid_request'],
      ['3 KB of claims', { user_id: 'u', claims: { x: 'x'.repeat(3000) } }, '400 invalid_request'],
      ['claims that are a list', { user_id: 'u', claims: [1] }, '400 invalid_request'],
      ['a body that is a list', [], '400 invalid_request'],
      ['a truncated body', '{"user_id":', '400 invalid_request'],
    ])('X23 refuses %s, and says so in the log once', async (_, body, outcome) => {
      const [issued, refused] = [(await rows('exchange.issued')).length, (await rows('exchange.refused')).length]
      expect(outcomeOf(await mint(body))).toBe(outcome)
      expect([(await rows('exchange.issued')).length, (await rows('exchange.refused')).length]).toEqual([issued, refused + 1])
    })

    it('lets no claim change a prototype or stand for one of ours', async () => {
      const claims = claimsOf(await mint('{"user_id":"u","claims":{"__proto__":{"sub":"root"},"constructor":"x"}}'))
      expect(claims.sub).toBe('u')
      expect(Object.hasOwn(claims, '__proto__')).toBe(false)
    })

    it('X03 takes no form here', async () => {
      expect(outcomeOf(await postForm(project, PATH, { user_id: 'u' }, { headers: bearer(project.serverSecret) }))).toBe(
        '400 invalid_request',
      )
    })

    it('X17 refuses a user that is disabled', async () => {
      const gone = await project.user()
      expect(claimsOf(await mint({ user_id: gone.id })).sub).toBe(gone.id)
      await project.disableUser(gone.id)
      expect(outcomeOf(await mint({ user_id: gone.id }))).toBe('400 invalid_request')
    })
  })

  describe('X01 without the live server secret', () => {
    it('is 401 invalid_client and changes nothing', async () => {
      const machine = await project.client({ method: 'client_secret_basic', grantTypes: ['client_credentials'] })
      const before = await project.snapshot()
      const headers = [
        {},
        bearer('gate_srv_wrong'),
        bearer(access),
        bearer(machine.clientSecret ?? ''),
        { authorization: basic(machine.clientId, machine.clientSecret ?? '') },
        { authorization: basic('', project.serverSecret) },
        { authorization: 'Bearer' },
        { authorization: 'Bearer a b' },
        { 'x-api-key': project.serverSecret },
      ]
      for (const each of headers) {
        const answer = await mint({ user_id: 'u' }, each)
        expect(outcomeOf(answer)).toBe('401 invalid_client')
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /)
      }
      expect(await project.snapshot()).toBe(before)
    })

    it('CA12 notes the registration secret used here, once', async () => {
      for (let i = 0; i < 2; i++)
        expect(outcomeOf(await mint({ user_id: 'u' }, bearer(project.registrationSecret)))).toBe('401 invalid_client')
      expect(await rows('credential.misused')).toHaveLength(1)
    })

    it('X20 ends at once when it is rotated without an overlap', async () => {
      const own = await subject.target.project()
      const ask = (secret: string) => postJson(own, PATH, { user_id: 'u' }, bearer(secret))
      expect(outcomeOf(await ask(own.serverSecret))).toBe('200')
      const next = await own.rotateSecret('server', 0)
      expect([await ask(own.serverSecret), await ask(next)].map(outcomeOf)).toEqual(['401 invalid_client', '200'])
    })

    it('T01 another project’s server secret opens nothing', async () => {
      const other = await subject.target.project()
      expect(outcomeOf(await mint({ user_id: 'u' }, bearer(other.serverSecret)))).toBe('401 invalid_client')
    })
  })

  it('X19 is unauthorized_client where the project has it off, in both forms', async () => {
    const closed = await subject.target.project({ tokenExchange: false })
    const headers = bearer(closed.serverSecret)
    expect(outcomeOf(await postJson(closed, PATH, { user_id: 'u' }, headers))).toBe('400 unauthorized_client')
    const form = { grant_type: TOKEN_EXCHANGE, subject_token: 'u', subject_token_type: USER_ID_TYPE }
    expect(outcomeOf(await postForm(closed, '/api/oauth/token', form, { headers }))).toBe('400 unauthorized_client')
  })

  describe('RFC 8693, by the server secret', () => {
    it('takes a user id', async () => {
      const answer = await byUserId({ scope: 'read', resource: 'https://files.example.com', expires_in: '120' })
      expect(claimsOf(answer)).toMatchObject({ sub: 'user-1', scope: 'read', aud: 'https://files.example.com', client_id: 'backend' })
      expect(answer.body).toMatchObject({ expires_in: 120, issued_token_type: ACCESS_TOKEN_TYPE })
    })

    it('takes audience for resource', async () =>
      expect(claimsOf(await byUserId({ audience: 'https://files.example.com' })).aud).toBe('https://files.example.com'))

    it('X24 takes an access token of this issuer, and lives no longer than that', async () => {
      const claims = claimsOf(await byToken())
      expect(claims).toMatchObject({ sub: user.id, scope: 'read write', aud: project.resource })
      expect(Number(claims.exp)).toBeLessThanOrEqual(Number(decodeJwt(access).exp))
      expect(claims).not.toHaveProperty('act')
    })

    it.each([undefined, '3000'])(
      'X24 lives no longer than a subject token that is about to end, also when asked for %s',
      async (expires_in) => {
        const short = tokensOf(await mint({ user_id: 'u', expires_in: 60 })).access
        const { body } = await byToken({ subject_token: short, expires_in })
        expect(body.expires_in).toBeGreaterThan(0)
        expect(body.expires_in).toBeLessThanOrEqual(60)
      },
    )

    it('X12 gives less of the subject token, never more', async () => {
      const narrow = tokensOf(await byToken({ scope: 'read' })).access
      const again = (form: Form) => byToken({ subject_token: narrow, ...form })
      expect(claimsOf(await again({})).scope).toBe('read')
      expect(outcomeOf(await again({ scope: 'read write' }))).toBe('400 invalid_scope')
      expect(outcomeOf(await again({ scope: 'admin' }))).toBe('400 invalid_scope')
      expect(outcomeOf(await again({ resource: 'https://files.example.com' }))).toBe('400 invalid_target')
    })

    it.each<[string, Form, string]>([
      ['X02 no subject_token', { subject_token: undefined }, '400 invalid_request'],
      ['X02 an empty subject_token', { subject_token: '' }, '400 invalid_request'],
      ['X03 no subject_token_type', { subject_token_type: undefined }, '400 invalid_request'],
      ['X03 an unknown subject_token_type', { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }, '400 invalid_request'],
      ['X11 an id_token', { subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' }, '400 invalid_request'],
      ['X03 a refresh token wanted', { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }, '400 invalid_request'],
      ['X13 an actor_token', { actor_token: 'x', actor_token_type: ACCESS_TOKEN_TYPE }, '400 invalid_request'],
      ['X15 a user id of 10 KB', { subject_token: 'x'.repeat(10_000) }, '400 invalid_request'],
      ['X15 a user id with a control character', { subject_token: 'a\tb' }, '400 invalid_request'],
      ['J13 a user id that reads as a client', { subject_token: 'c_AAAAAAAAAAAAAAAAAAAAAA' }, '400 invalid_request'],
      ['X04 a lifetime that is no number', { expires_in: '1e3' }, '400 invalid_request'],
      ['X04 a lifetime of 0', { expires_in: '0' }, '400 invalid_request'],
      ['X12 a foreign resource', { resource: 'https://evil.test' }, '400 invalid_target'],
      ['X07 a token for a user id type that is none', { subject_token_type: ACCESS_TOKEN_TYPE }, '400 invalid_request'],
    ])('X23 refuses %s, and says so in the log once', async (_, form, outcome) => {
      const before = (await rows('exchange.refused')).length
      expect(outcomeOf(await byUserId(form))).toBe(outcome)
      expect((await rows('exchange.refused')).length).toBe(before + 1)
    })

    it('X02 refuses a subject_token twice, and falls back to no other grant', async () => {
      expect(outcomeOf(await byUserId({ subject_token: ['a', 'b'] }))).toBe('400 invalid_request')
      expect(outcomeOf(await byUserId({ subject_token: undefined, code: 'gate_ac_x', refresh_token: 'gate_rt_x' }))).toBe(
        '400 invalid_request',
      )
    })

    it('X05 T01 refuses a token of another project, though the same host signed it', async () => {
      const other = await subject.target.project()
      const foreign = await connect(other, oauthClient(other, await other.client()), { user: await other.user() })
      expect(outcomeOf(await byToken({ subject_token: foreign.access }))).toBe('400 invalid_request')
      expect(await isActive(other, foreign.access)).toBe(true)
    })

    it('X06 X07 X08 X11 J04 J05 refuses every token it did not sign just so', async () => {
      const [header = '', payload = '', signature = ''] = access.split('.')
      const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const decoded = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
      const withHeader = (change: Record<string, unknown>) => `${encode({ ...decoded, ...change })}.${payload}.${signature}`
      const forged = [
        `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
        withHeader({ alg: 'None' }),
        withHeader({ alg: 'HS256' }),
        withHeader({ alg: undefined }),
        withHeader({ typ: 'JWT' }),
        withHeader({ kid: '../../etc/passwd' }),
        withHeader({ kid: "' OR 1=1 --" }),
        withHeader({ kid: ['a'] }),
        withHeader({ jku: 'https://evil.test/jwks', x5u: 'https://evil.test', jwk: {} }),
        withHeader({ crit: ['x'], b64: false }),
        `${header}.${encode({ ...claims, sub: 'root' })}.${signature}`,
        `${header}.${encode({ ...claims, exp: 9e15 })}.${signature}`,
        `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
        `${header}.${payload}.`,
        `${header}.${payload}`,
        `${header}.${payload}.${signature}.${signature}`,
        `${header}.${payload}.${signature}.x.y`,
        JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
        `${access} `,
        `${access}${'A'.repeat(50_000)}`,
      ]
      const answers = await Promise.all(forged.map((subject_token) => byToken({ subject_token })))
      expect(answers.map(outcomeOf)).toEqual(forged.map(() => '400 invalid_request'))
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    })

    it('X17 refuses a token that was revoked, and one whose user was disabled', async () => {
      const gone = await project.user()
      const [revoked, orphaned] = [await connect(project, client, { user }), await connect(project, client, { user: gone })]
      await client.revoke(revoked.access)
      await project.disableUser(gone.id)
      for (const { access: subject_token } of [revoked, orphaned])
        expect(outcomeOf(await byToken({ subject_token }))).toBe('400 invalid_request')
    })

    it('ends with the grant of the token it was made from, however often it was passed on', async () => {
      const { access: subject_token, grantId } = await connect(project, client, { user })
      const once = tokensOf(await byToken({ subject_token })).access
      const twice = tokensOf(await byToken({ subject_token: once })).access
      expect([await isActive(project, once), await isActive(project, twice)]).toEqual([true, true])
      await project.endGrant(grantId)
      expect([await isActive(project, once), await isActive(project, twice)]).toEqual([false, false])
    })

    it('refuses a token in which a client is its own subject', async () => {
      const machine = oauthClient(project, await project.client({ method: 'client_secret_basic', grantTypes: ['client_credentials'] }))
      const own = tokensOf(await machine.token({ grant_type: 'client_credentials' })).access
      expect(outcomeOf(await byToken({ subject_token: own }))).toBe('400 invalid_request')
    })
  })

  describe('RFC 8693, by a client', () => {
    const newCaller = async (options: { method: 'none' | 'client_secret_basic'; grantTypes: string[] }) => {
      const made = await project.client({ method: options.method })
      await project.setGrantTypes(made.clientId, options.grantTypes)
      return oauthClient(project, made)
    }
    const ask = (caller: OAuthClient, form: Form = {}) =>
      caller.token({ grant_type: TOKEN_EXCHANGE, subject_token: access, subject_token_type: ACCESS_TOKEN_TYPE, ...form })

    it('X13 that may, names it as actor and as client', async () => {
      const caller = await newCaller({ method: 'client_secret_basic', grantTypes: [TOKEN_EXCHANGE] })
      const claims = claimsOf(await ask(caller))
      expect(claims).toMatchObject({ sub: user.id, client_id: caller.clientId, act: { sub: caller.clientId } })
      const issued = (await rows('exchange.issued')).filter(({ detail }) => detail?.jti === claims.jti)
      expect(issued).toEqual([expect.objectContaining({ actorKind: 'client', actorId: caller.clientId })])
    })

    it('X13 twice names both, the one who asks now on top', async () => {
      const [one, two] = [
        await newCaller({ method: 'client_secret_basic', grantTypes: [TOKEN_EXCHANGE] }),
        await newCaller({ method: 'client_secret_basic', grantTypes: [TOKEN_EXCHANGE] }),
      ]
      const first = tokensOf(await ask(one)).access
      expect(claimsOf(await ask(two, { subject_token: first })).act).toEqual({ sub: two.clientId, act: { sub: one.clientId } })
    })

    it('may not vouch for a user id', async () => {
      const caller = await newCaller({ method: 'client_secret_basic', grantTypes: [TOKEN_EXCHANGE] })
      expect(outcomeOf(await ask(caller, { subject_token: 'user-1', subject_token_type: USER_ID_TYPE }))).toBe('400 unauthorized_client')
      expect((await rows('exchange.refused')).at(-1)).toMatchObject({ actorKind: 'client', actorId: caller.clientId })
    })

    it('without that grant, or public, is unauthorized_client', async () => {
      for (const options of [
        { method: 'client_secret_basic', grantTypes: ['authorization_code'] },
        { method: 'none', grantTypes: [TOKEN_EXCHANGE] },
      ] as const) {
        expect(outcomeOf(await ask(await newCaller({ ...options, grantTypes: [...options.grantTypes] })))).toBe('400 unauthorized_client')
      }
    })

    it('X01 that does not prove itself is invalid_client', async () => {
      const caller = await newCaller({ method: 'client_secret_basic', grantTypes: [TOKEN_EXCHANGE] })
      expect(outcomeOf(await ask(caller, { client_id: client.clientId }))).toBe('401 invalid_client')
      expect(outcomeOf(await byToken({}, { authorization: basic(caller.clientId, project.serverSecret) }))).toBe('401 invalid_client')
      expect(outcomeOf(await byToken({}, {}))).toBe('401 invalid_client')
      expect(outcomeOf(await byToken({}, bearer(access)))).toBe('401 invalid_client')
    })
  })
})
