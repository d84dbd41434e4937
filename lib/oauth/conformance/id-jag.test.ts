import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { JWT_BEARER } from '../grant-type.ts'
import { assertionClaims, type ClientKey, clientKey } from './client-key.ts'
import { dpopKey, exactClock, type Members } from './dpop-key.ts'
import {
  type Answer,
  basic,
  type Form,
  introspect,
  isActive,
  type OAuthClient,
  oauthClient,
  outcomeOf,
  postForm,
  register,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { type ClientOptions, REDIRECT_URI, type TestProject, type TestSite } from './target.ts'

const IDP = 'https://acme.idp.example'
const FILES = 'https://files.example.com'
const ID_JAG = { typ: 'oauth-id-jag+jwt' }
const PROFILE = 'urn:ietf:params:oauth:grant-profile:id-jag'
const ENTERPRISE: ClientOptions = { method: 'client_secret_basic', grantTypes: [JWT_BEARER] }

conformance('enterprise-managed authorization', (subject) => {
  let project: TestProject
  let client: OAuthClient
  let idp: ClientKey
  let now: () => number
  beforeAll(async () => {
    idp = await clientKey()
    ;({ project, client } = await newProject())
    await project.addResource(FILES)
    await project.addScope('admin', false)
    now = await exactClock(subject.target, project)
  })
  const newProject = async () => {
    const made = await subject.target.project({ enterpriseAuthorization: true })
    await made.trust({ kind: 'id-jag', issuer: IDP, jwks: { keys: [idp.jwk] } })
    return { project: made, client: oauthClient(made, await made.client(ENTERPRISE)) }
  }
  const claimsOf = (answer: Answer) => decodeJwt(tokensOf(answer).access)
  const rows = async (action: string, of = project) => (await of.audit()).filter((row) => row.action === action)
  /** As the extension's own example, for this project and client. */
  const idJag = async (changes: Members = {}, header: Members = {}, key = idp): Promise<string> => {
    const example = {
      jti: randomUUID(),
      iss: IDP,
      sub: 'U019488227',
      email: 'user@example.com',
      aud: project.issuer,
      resource: project.resource,
    }
    const claims = { ...example, client_id: client.clientId, exp: now() + 300, iat: now(), scope: 'read write', ...changes }
    const assertion = await key.sign(claims, { ...ID_JAG, ...header })
    subject.target.remember(assertion)
    return assertion
  }
  const bring = (assertion: string, form: Form = {}, by = client) => by.token({ grant_type: JWT_BEARER, assertion, ...form })
  const ask = async (changes: Members = {}, form: Form = {}, header: Members = {}) => bring(await idJag(changes, header), form)

  it('is advertised, with its profile, where it is on', async () => {
    const metadataOf = async (of: TestProject) =>
      (await (await of.fetch('/.well-known/oauth-authorization-server')).json()) as Record<string, unknown>
    const [on, off] = [await metadataOf(project), await metadataOf(await subject.target.project())]
    expect(on).toMatchObject({
      grant_types_supported: expect.arrayContaining([JWT_BEARER]),
      authorization_grant_profiles_supported: [PROFILE],
    })
    expect(off.grant_types_supported).not.toContain(JWT_BEARER)
    expect(off).not.toHaveProperty('authorization_grant_profiles_supported')
  })

  it('X19 is unsupported_grant_type where it is off', async () => {
    await project.configure({ enterpriseAuthorization: false })
    expect(outcomeOf(await ask())).toBe('400 unsupported_grant_type')
    await project.configure({ enterpriseAuthorization: true })
  })

  describe('a good ID-JAG', () => {
    it('X18 yields a token for its resource, and no refresh token', async () => {
      const answer = await ask()
      expect(Object.keys(answer.body).toSorted()).toEqual(['access_token', 'expires_in', 'scope', 'token_type'])
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const claims = claimsOf(answer)
      expect(claims).toMatchObject({ iss: project.issuer, aud: project.resource, client_id: client.clientId, scope: 'read write' })
      expect(claims.sub).toMatch(/^user_[\w-]{22}$/)
      expect(claims).not.toHaveProperty('grant_id')
      expect(await isActive(project, tokensOf(answer).access)).toBe(true)
    })

    it('leaves exactly one row of issue, with client, user, audience, scope and jti', async () => {
      const claims = claimsOf(await ask({ sub: 'logged' }))
      expect((await rows('assertion.issued')).filter(({ userId }) => userId === claims.sub)).toEqual([
        expect.objectContaining({
          ...{ actorKind: 'client', actorId: client.clientId, clientId: client.clientId },
          detail: { kind: 'id-jag', issuer: IDP, jti: claims.jti, scope: 'read write', aud: project.resource },
        }),
      ])
    })

    it('names the same user each time, whatever the client and the e-mail address', async () => {
      const other = oauthClient(project, await project.client(ENTERPRISE))
      const subs = [
        await ask(),
        await ask({ email: 'renamed@example.com' }),
        await bring(await idJag({ client_id: other.clientId }), {}, other),
      ].map((answer) => claimsOf(answer).sub)
      expect(new Set(subs).size).toBe(1)
    })

    it.each<[string, Members, Form, string]>([
      ['the resource of the claim', { resource: FILES }, {}, FILES],
      ['the resource in any spelling', { resource: `${FILES}/` }, {}, FILES],
      ['the same resource as a parameter', { resource: FILES }, { resource: FILES }, FILES],
      ['a parameter, where there is no claim', { resource: undefined }, { resource: FILES }, FILES],
      ['a claim that is a list of one', { resource: [FILES] }, {}, FILES],
    ])('is for %s', async (_, changes, form, aud) => expect(claimsOf(await ask(changes, form)).aud).toBe(aud))

    it('is for the default resource where neither says one', async () =>
      expect(claimsOf(await ask({ resource: undefined })).aud).toBe(project.resource))

    it('refuses a resource that the assertion does not name', async () => {
      const assertion = await idJag({ resource: FILES })
      expect(outcomeOf(await bring(assertion, { resource: project.resource }))).toBe('400 invalid_target')
      expect(outcomeOf(await bring(assertion, { resource: 'https://evil.test' }))).toBe('400 invalid_target')
      expect(outcomeOf(await bring(assertion))).toBe('200')
    })

    it.each<[string, Members, Form, string]>([
      ['all of the claim', { scope: 'read' }, {}, 'read'],
      ['what both name', { scope: 'read admin' }, { scope: 'read write' }, 'read'],
      ['what of the claim the project knows', { scope: 'read chat.history' }, {}, 'read'],
      ['what is asked for, where there is no claim', { scope: undefined }, { scope: 'admin' }, 'admin'],
      ['the default set, where neither says any', { scope: undefined }, {}, 'read write'],
      ['no offline_access', { scope: 'read offline_access' }, { scope: 'read offline_access' }, 'read'],
    ])('grants %s', async (_, changes, form, scope) => {
      const answer = await ask(changes, form)
      expect([answer.body.scope, claimsOf(answer).scope, answer.body.refresh_token]).toEqual([scope, scope, undefined])
    })

    it('grants nothing outside it, nor outside the client’s ceiling', async () => {
      expect(outcomeOf(await ask({ scope: 'read' }, { scope: 'write' }))).toBe('400 invalid_scope')
      const low = oauthClient(project, await project.client({ ...ENTERPRISE, scope: 'read' }))
      expect(claimsOf(await bring(await idJag({ client_id: low.clientId }), {}, low)).scope).toBe('read')
    })

    it.each<[string, () => Members]>([
      ['names us in a list of one', () => ({ aud: [project.issuer] })],
      ['names us with a slash at the end', () => ({ aud: `${project.issuer}/` })],
      ['knows nothing of an e-mail address', () => ({ email: undefined })],
      ['comes from a clock that is half a minute ahead', () => ({ iat: now() + 30, nbf: now() + 30 })],
      ['has claims we do not know', () => ({ acr: 'x', amr: ['pwd'], auth_time: 1, aud_sub: 'x', tenant: 't' })],
    ])('is taken when it %s', async (_, changes) => expect(outcomeOf(await ask(changes()))).toBe('200'))
  })

  describe('X21 X23 is invalid_grant, and stands in the log once,', () => {
    it.each<[string, Members | (() => Members), Members?]>([
      ['typ: none', {}, { typ: undefined }],
      ['typ: JWT', {}, { typ: 'JWT' }],
      ['typ: an access token', {}, { typ: 'at+jwt' }],
      ['iss: unknown', { iss: 'https://evil.idp.example' }],
      ['X10 iss: a slash more', { iss: `${IDP}/` }],
      ['iss: another spelling', { iss: IDP.toUpperCase() }],
      ['aud: somebody else', { aud: 'https://auth.chat.example/' }],
      ['aud: the token endpoint', () => ({ aud: `${project.issuer}/api/oauth/token` })],
      ['aud: us and somebody else', () => ({ aud: [project.issuer, 'https://auth.chat.example/'] })],
      ['aud: nobody', { aud: undefined }],
      ['client_id: another client', { client_id: 'f53f191f9311af35' }],
      ['client_id: none', { client_id: undefined }],
      ['resource: not ours', { resource: 'https://mcp.chat.example/' }],
      ['resource: ours and not ours', () => ({ resource: [project.resource, 'https://mcp.chat.example/'] })],
      ['resource: no text', { resource: { uri: FILES } }],
      ['resource: an empty list', { resource: [] }],
      ['jti: none', { jti: undefined }],
      ['jti: empty', { jti: '' }],
      ['jti: a number', { jti: 7 }],
      ['exp: over', { exp: 1 }],
      ['exp: none', { exp: undefined }],
      ['exp: in two hours', () => ({ exp: now() + 7200 })],
      ['exp: a text', () => ({ exp: String(now() + 300) })],
      ['iat: none', { iat: undefined }],
      ['iat: in two minutes', () => ({ iat: now() + 120 })],
      ['nbf: in two minutes', () => ({ nbf: now() + 120 })],
      ['sub: none', { sub: undefined }],
      ['sub: a list', { sub: ['a'] }],
      ['scope: of another server', { scope: 'chat.read chat.history' }],
      ['scope: a list', { scope: ['read'] }],
      ['X22 cnf', { cnf: { jkt: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' } }],
      ['X22 authorization_details', { authorization_details: [{ type: 'payment' }] }],
      ['X13 act', { act: { sub: 'agent' } }],
      ['tenant: no text', { tenant: { id: 1 } }],
    ])('with a wrong %s', async (_, changes, header) => {
      const [issued, refused, linked] = [await rows('assertion.issued'), await rows('assertion.refused'), await rows('identity.linked')]
      expect(outcomeOf(await ask({ sub: 'never', ...(typeof changes === 'function' ? changes() : changes) }, {}, header))).toBe(
        '400 invalid_grant',
      )
      expect((await rows('assertion.refused')).slice(refused.length)).toEqual([
        expect.objectContaining({
          ...{ actorKind: 'client', actorId: client.clientId, clientId: client.clientId, reason: 'assertion_refused' },
          detail: { error: 'invalid_grant', why: expect.any(String) },
        }),
      ])
      expect([(await rows('assertion.issued')).length, (await rows('identity.linked')).length]).toEqual([issued.length, linked.length])
    })

    it('with a signature that is not the provider’s', async () => {
      const stranger = await clientKey('ES256', String(idp.jwk.kid))
      const good = await idJag()
      const [header = '', payload = '', signature = ''] = good.split('.')
      const forged = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as Members), sub: 'root' }
      for (const assertion of [
        await idJag({}, {}, stranger),
        await idJag({}, { jwk: stranger.jwk, jku: 'https://evil.test' }, stranger),
        `${header}.${Buffer.from(JSON.stringify(forged)).toString('base64url')}.${signature}`,
        `${Buffer.from(JSON.stringify({ ...ID_JAG, alg: 'none' })).toString('base64url')}.${payload}.`,
        'x',
        `${good}${'A'.repeat(30_000)}`,
      ])
        expect(outcomeOf(await bring(assertion))).toBe('400 invalid_grant')
    })

    it('of an issuer trusted for something else, or by another project', async () => {
      await project.trust({ kind: 'subject-token', issuer: 'https://login.example.com', jwks: { keys: [idp.jwk] } })
      const other = await subject.target.project({ enterpriseAuthorization: true })
      await other.trust({ kind: 'id-jag', issuer: 'https://idp.theirs.example', jwks: { keys: [idp.jwk] } })
      expect(outcomeOf(await ask({ iss: 'https://login.example.com' }))).toBe('400 invalid_grant')
      expect(outcomeOf(await ask({ iss: 'https://idp.theirs.example' }))).toBe('400 invalid_grant')
    })
  })

  describe('X16 an assertion counts once', () => {
    it('one after the other, and its second coming is recorded once', async () => {
      const assertion = await idJag()
      const before = await rows('assertion.replayed')
      expect([await bring(assertion), await bring(assertion), await bring(assertion)].map(outcomeOf)).toEqual([
        '200',
        '400 invalid_grant',
        '400 invalid_grant',
      ])
      expect((await rows('assertion.replayed')).slice(before.length)).toEqual([
        expect.objectContaining({ actorId: client.clientId, detail: { kind: 'id-jag', issuer: IDP } }),
      ])
    })

    it('at once, at two processes', async () => {
      const assertion = await idJag()
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) => client.token({ grant_type: JWT_BEARER, assertion }, { instance: i % 2 === 0 ? 1 : 2 })),
      )
      expect(answers.map(outcomeOf).toSorted()).toEqual(['200', ...Array(7).fill('400 invalid_grant')])
    })

    it('by its jti, whatever else it says, and by the jti of its own issuer only', async () => {
      const other = 'https://second.idp.example'
      await project.trust({ kind: 'id-jag', issuer: other, jwks: { keys: [idp.jwk] } })
      const jti = randomUUID()
      expect(outcomeOf(await ask({ jti }))).toBe('200')
      expect(outcomeOf(await ask({ jti, sub: 'other' }))).toBe('400 invalid_grant')
      expect(outcomeOf(await ask({ jti, iss: other }))).toBe('200')
    })

    it('and is not used up by a request that fails for another reason', async () => {
      const assertion = await idJag()
      expect(outcomeOf(await bring(assertion, { scope: 'root' }))).toBe('400 invalid_scope')
      expect(outcomeOf(await bring(assertion, { resource: 'https://evil.test' }))).toBe('400 invalid_target')
      const thief = oauthClient(project, await project.client(ENTERPRISE))
      expect(outcomeOf(await bring(assertion, {}, thief))).toBe('400 invalid_grant')
      expect(outcomeOf(await bring(assertion))).toBe('200')
    })
  })

  describe('the client', () => {
    it('proves itself with Basic, percent-encoded or not, or in the form', async () => {
      const encoded = basic(
        encodeURIComponent(client.clientId).replaceAll('_', '%5F'),
        encodeURIComponent(client.clientSecret ?? '').replaceAll('_', '%5F'),
      )
      const sent = { grant_type: JWT_BEARER, assertion: await idJag() }
      expect(outcomeOf(await postForm(project, '/api/oauth/token', sent, { headers: { authorization: encoded } }))).toBe('200')
      const inForm = { ...sent, assertion: await idJag(), client_id: client.clientId, client_secret: client.clientSecret ?? '' }
      expect(outcomeOf(await postForm(project, '/api/oauth/token', inForm))).toBe('200')
    })

    it('is 401 invalid_client when it does not, and the assertion stays good', async () => {
      const assertion = await idJag()
      const post = (form: Form, headers: Record<string, string> = {}) =>
        postForm(project, '/api/oauth/token', { grant_type: JWT_BEARER, assertion, ...form }, { headers })
      expect(outcomeOf(await post({}))).toBe('401 invalid_client')
      expect(outcomeOf(await post({ client_id: client.clientId }))).toBe('401 invalid_client')
      expect(outcomeOf(await post({}, { authorization: basic(client.clientId, 'wrong') }))).toBe('401 invalid_client')
      expect(outcomeOf(await bring(assertion))).toBe('200')
    })

    it('without an assertion is invalid_request', async () => {
      expect(outcomeOf(await client.token({ grant_type: JWT_BEARER }))).toBe('400 invalid_request')
      expect(outcomeOf(await client.token({ grant_type: JWT_BEARER, assertion: '' }))).toBe('400 invalid_request')
      expect(outcomeOf(await client.token({ grant_type: JWT_BEARER, assertion: ['a', 'b'] }))).toBe('400 invalid_request')
    })

    it('is unauthorized_client when it is registered without credentials, or the operator gave it other grants', async () => {
      const open = oauthClient(project, await project.client({ method: 'none', grantTypes: [JWT_BEARER] }))
      const other = oauthClient(project, await project.client({ method: 'client_secret_basic' }))
      for (const each of [open, other])
        expect(outcomeOf(await bring(await idJag({ client_id: each.clientId }), {}, each))).toBe('400 unauthorized_client')
      const backend = { grant_type: JWT_BEARER, client_id: 'backend', assertion: await idJag({ client_id: 'backend' }) }
      expect(outcomeOf(await postForm(project, '/api/oauth/token', backend))).toBe('400 unauthorized_client')
    })

    it('may have registered itself, with a secret', async () => {
      const { body } = await register(project, { redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'client_secret_post' })
      const form = { client_id: body.client_id, client_secret: body.client_secret, assertion: await idJag({ client_id: body.client_id }) }
      expect(outcomeOf(await postForm(project, '/api/oauth/token', { grant_type: JWT_BEARER, ...form }))).toBe('200')
    })

    it('ends with its tokens when it is revoked', async () => {
      const gone = oauthClient(project, await project.client(ENTERPRISE))
      const { access } = tokensOf(await bring(await idJag({ client_id: gone.clientId }), {}, gone))
      expect((await gone.introspect(access)).body.active).toBe(true)
      await project.revokeClient(gone.clientId)
      expect(await isActive(project, access)).toBe(false)
      expect(outcomeOf(await bring(await idJag({ client_id: gone.clientId }), {}, gone))).toBe('401 invalid_client')
    })

    it('can end its token, and no other client can', async () => {
      const { access } = tokensOf(await ask())
      await oauthClient(project, await project.client(ENTERPRISE)).revoke(access)
      expect(await isActive(project, access)).toBe(true)
      await client.revoke(access)
      expect(await isActive(project, access)).toBe(false)
    })

    it('gets a token bound to its key when it proves one', async () => {
      await project.configure({ dpop: 'on' })
      const key = await dpopKey()
      const proof = await key.proof({ htm: 'POST', htu: `${project.issuer}/api/oauth/token`, iat: now() })
      const answer = await client.token({ grant_type: JWT_BEARER, assertion: await idJag() }, { headers: { dpop: proof } })
      expect([answer.body.token_type, claimsOf(answer).cnf]).toEqual(['DPoP', { jkt: key.jkt }])
      await project.configure({ dpop: 'off' })
    })
  })

  describe('a client that is the URL of its metadata document', () => {
    let site: TestSite
    beforeAll(async () => {
      site = await subject.target.site()
    })
    const publish = (path: string, more: object = {}): string => {
      const client_id = site.url(path)
      const body = {
        client_id,
        client_name: 'Claude',
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code', JWT_BEARER],
        ...more,
      }
      site.publish(path, { body })
      return client_id
    }
    const post = (form: Form) => postForm(project, '/api/oauth/token', { grant_type: JWT_BEARER, ...form })

    it('needs no registration and no credentials, as in the extension’s example', async () => {
      const client_id = publish('/client.json')
      const answer = await post({ client_id, assertion: await idJag({ client_id }) })
      expect(claimsOf(answer)).toMatchObject({ client_id, aud: project.resource })
      expect((await introspect(project, tokensOf(answer).access)).body).toMatchObject({ active: true, client_id })
      expect(outcomeOf(await post({ client_id, assertion: await idJag({ client_id, scope: 'x' }) }))).toBe('400 invalid_grant')
      expect((await rows('assertion.refused')).filter(({ clientId }) => clientId === client_id)).toEqual([])
    })

    it('proves itself with its key, if it says that it has one', async () => {
      const key = await clientKey()
      const client_id = publish('/keyed.json', { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.jwk] } })
      expect(outcomeOf(await post({ client_id, assertion: await idJag({ client_id }) }))).toBe('401 invalid_client')
      const client_assertion = await key.sign(assertionClaims(client_id, project.issuer, now()))
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      expect(outcomeOf(await post({ client_assertion, client_assertion_type, assertion: await idJag({ client_id }) }))).toBe('200')
    })

    it('ends with its tokens when it is revoked', async () => {
      const client_id = publish('/revoked.json')
      const { access } = tokensOf(await post({ client_id, assertion: await idJag({ client_id }) }))
      await project.revokeClient(client_id)
      expect(await isActive(project, access)).toBe(false)
      expect(outcomeOf(await post({ client_id, assertion: await idJag({ client_id }) }))).toBe('401 invalid_client')
    })

    it('that guesses is told to wait after twenty times a minute', async () => {
      const own = await newProject()
      const client_id = publish('/guessing.json')
      const guess = () => postForm(own.project, '/api/oauth/token', { grant_type: JWT_BEARER, client_id, assertion: 'x' })
      const outcomes = await Promise.all(Array.from({ length: 21 }, guess))
      expect(outcomes.map(outcomeOf).toSorted()).toEqual([...Array(20).fill('400 invalid_grant'), '429 temporarily_unavailable'])
    })
  })

  describe('the user', () => {
    it('X17 who is disabled gets nothing, and loses what they had', async () => {
      const own = await subject.target.project({ enterpriseAuthorization: true })
      await own.trust({ kind: 'id-jag', issuer: IDP, jwks: { keys: [idp.jwk] }, linkByEmail: true })
      const by = oauthClient(own, await own.client(ENTERPRISE))
      const user = await own.user()
      await own.verifyEmail(user.id)
      const theirs = { client_id: by.clientId, aud: own.issuer, resource: own.resource, email: user.email, email_verified: true }
      const { access } = tokensOf(await bring(await idJag(theirs), {}, by))
      expect(decodeJwt(access).sub).toBe(user.id)
      await own.disableUser(user.id)
      expect(await isActive(own, access)).toBe(false)
      expect(outcomeOf(await bring(await idJag(theirs), {}, by))).toBe('400 invalid_grant')
    })

    it('is nobody’s by an e-mail address where the project does not link by it', async () => {
      const user = await project.user()
      await project.verifyEmail(user.id)
      expect(claimsOf(await ask({ sub: randomUUID(), email: user.email, email_verified: true })).sub).not.toBe(user.id)
    })

    it('X15 of two projects is two users', async () => {
      const other = await newProject()
      const there = await bring(
        await idJag({ client_id: other.client.clientId, aud: other.project.issuer, resource: other.project.resource }),
        {},
        other.client,
      )
      expect(claimsOf(there).sub).not.toBe(claimsOf(await ask()).sub)
    })
  })

  describe('keys at a URL', () => {
    it('are asked for again once a minute at most, whatever key an assertion names, and then follow a rotation', async () => {
      const site = await subject.target.site()
      const issuer = 'https://rotating.idp.example'
      const [old, next] = [await clientKey(), await clientKey()]
      site.publish('/jwks', { body: { keys: [old.jwk] } })
      await project.trust({ kind: 'id-jag', issuer, jwksUri: site.url('/jwks') })
      expect(outcomeOf(await bring(await idJag({ iss: issuer }, {}, old)))).toBe('200')
      expect(outcomeOf(await bring(await idJag({ iss: issuer }, {}, next)))).toBe('400 invalid_grant')
      expect(site.requests('/jwks')).toBe(1)
      if (subject.target.door !== 'in-process') return // a minute is long
      site.publish('/jwks', { body: { keys: [next.jwk] } })
      await project.advance(61)
      now = await exactClock(subject.target, project)
      expect(outcomeOf(await bring(await idJag({ iss: issuer }, {}, next)))).toBe('200')
      expect(outcomeOf(await bring(await idJag({ iss: issuer }, {}, old)))).toBe('400 invalid_grant')
    })

    it('that cannot be had are no fault of the assertion: 503, and it stays good', async () => {
      const site = await subject.target.site()
      const issuer = 'https://down.idp.example'
      await project.trust({ kind: 'id-jag', issuer, jwksUri: site.url('/jwks') })
      const answer = await ask({ iss: issuer })
      expect(outcomeOf(answer)).toBe('503 temporarily_unavailable')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    })
  })
})
