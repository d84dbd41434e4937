import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { TOKEN_EXCHANGE } from '../grant-type.ts'
import { ID_TOKEN_TYPE, JWT_TYPE, USER_ID_TYPE } from '../grants/subject-token.ts'
import { ACCESS_TOKEN_TYPE } from '../token-response.ts'
import { type ClientKey, clientKey } from './client-key.ts'
import { exactClock, type Members } from './dpop-key.ts'
import {
  type Answer,
  bearer,
  connect,
  type Form,
  isActive,
  type OAuthClient,
  oauthClient,
  outcomeOf,
  postForm,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestProject, TestUser } from './target.ts'

const IDP = 'https://login.corp.example/tenant'
const OTHER_IDP = 'https://login.other.example'
const FILES = 'https://files.example.com'
const CALLER = { method: 'client_secret_basic', grantTypes: [TOKEN_EXCHANGE] } as const

conformance('token exchange with trusted issuers', (subject) => {
  let project: TestProject
  let idp: ClientKey
  let now: () => number
  beforeAll(async () => {
    project = await subject.target.project()
    await project.addResource(FILES)
    await project.addScope('admin', false)
    idp = await clientKey('RS256')
    await project.trust({ kind: 'subject-token', issuer: IDP, jwks: { keys: [idp.jwk] } })
    await project.trust({
      kind: 'subject-token',
      issuer: OTHER_IDP,
      jwks: { keys: [idp.jwk] },
      audience: 'our-client-id',
      linkByEmail: true,
    })
    now = await exactClock(subject.target, project)
  })
  const claimsOf = (answer: Answer) => decodeJwt(tokensOf(answer).access)
  const rows = async (action: string, of = project) => (await of.audit()).filter((row) => row.action === action)
  const signed = async (changes: Members = {}, header: Members = {}, key = idp): Promise<string> => {
    const claims = { iss: IDP, sub: 'ann', aud: project.issuer, iat: now(), exp: now() + 600, jti: randomUUID(), ...changes }
    const token = await key.sign(claims, header)
    subject.target.remember(token)
    return token
  }
  const exchange = (form: Form, headers = bearer(project.serverSecret) as Readonly<Record<string, string>>, at = project) =>
    postForm(at, '/api/oauth/token', { grant_type: TOKEN_EXCHANGE, ...form }, { headers })
  const byJwt = async (token: string | Promise<string>, form: Form = {}) =>
    exchange({ subject_token: await token, subject_token_type: JWT_TYPE, ...form })

  describe('a subject token', () => {
    it.each([JWT_TYPE, ID_TOKEN_TYPE])(
      'X15 of type %s yields a token for a user of this project, who is not called as the issuer does',
      async (type) => {
        const answer = await byJwt(signed({ sub: 'ann', email: 'ann@corp.example' }), { subject_token_type: type })
        expect(claimsOf(answer)).toMatchObject({ iss: project.issuer, aud: project.resource, scope: 'read write', client_id: 'backend' })
        expect(claimsOf(answer).sub).toMatch(/^user_[\w-]{22}$/)
        expect(answer.body).toMatchObject({ issued_token_type: ACCESS_TOKEN_TYPE, token_type: 'bearer' })
        expect(answer.body).not.toHaveProperty('refresh_token')
        expect(await isActive(project, tokensOf(answer).access)).toBe(true)
      },
    )

    it('names the same user each time, and may be exchanged again', async () => {
      const token = await signed({ sub: 'often' })
      const subs = [await byJwt(token), await byJwt(token), await byJwt(signed({ sub: 'often' }))].map((answer) => claimsOf(answer).sub)
      expect(new Set(subs).size).toBe(1)
    })

    it('X16 links one user of two that come at once, and records it once', async () => {
      const before = (await rows('identity.linked')).length
      const tokens = await Promise.all(Array.from({ length: 8 }, () => signed({ sub: 'at-once' })))
      const subs = (await Promise.all(tokens.map((token) => byJwt(token)))).map((answer) => claimsOf(answer).sub)
      expect(new Set(subs).size).toBe(1)
      const linked = (await rows('identity.linked')).slice(before)
      expect(linked).toEqual([expect.objectContaining({ actorKind: 'backend', userId: subs[0], detail: { issuer: IDP } })])
    })

    it('X15 names another user than the same sub of another issuer, tenant or project', async () => {
      const elsewhere = await subject.target.project()
      await elsewhere.trust({ kind: 'subject-token', issuer: IDP, jwks: { keys: [idp.jwk] } })
      const there = { subject_token: await signed({ aud: elsewhere.issuer }), subject_token_type: JWT_TYPE }
      const subs = [
        await byJwt(signed()),
        await byJwt(signed({ iss: OTHER_IDP, aud: 'our-client-id' })),
        await byJwt(signed({ tenant: 'one' })),
        await byJwt(signed({ tenant: 'two' })),
        await exchange(there, bearer(elsewhere.serverSecret), elsewhere),
      ].map((answer) => claimsOf(answer).sub)
      expect(new Set(subs).size).toBe(5)
    })

    it('X23 leaves exactly one row, with actor, subject, audience, scope and jti', async () => {
      const claims = claimsOf(await byJwt(signed({ sub: 'logged' }), { scope: 'read' }))
      expect((await rows('exchange.issued')).filter(({ userId }) => userId === claims.sub)).toEqual([
        expect.objectContaining({
          actorKind: 'backend',
          clientId: 'backend',
          detail: expect.objectContaining({ jti: claims.jti, aud: project.resource, scope: 'read' }),
        }),
      ])
    })

    it.each([undefined, '3000'])('X24 yields a token that ends with it, also when asked for %s seconds', async (expires_in) => {
      const exp = now() + 60
      const { body } = await byJwt(signed({ exp }), { expires_in })
      expect(body.expires_in).toBeGreaterThan(0)
      expect(body.expires_in).toBeLessThanOrEqual(60)
      expect(Number(decodeJwt(body.access_token ?? '').exp)).toBeLessThanOrEqual(exp)
    })

    it('yields what is asked for of the project’s scopes and resources', async () => {
      expect(claimsOf(await byJwt(signed(), { scope: 'admin', resource: FILES }))).toMatchObject({ scope: 'admin', aud: FILES })
      expect(claimsOf(await byJwt(signed(), { audience: FILES })).aud).toBe(FILES)
      expect(outcomeOf(await byJwt(signed(), { scope: 'root' }))).toBe('400 invalid_scope')
      expect(outcomeOf(await byJwt(signed(), { resource: 'https://evil.test' }))).toBe('400 invalid_target')
    })

    it.each<[string, Members, Members?]>([
      ['X04 expired', { exp: 1 }],
      ['X04 without exp', { exp: undefined }],
      ['X04 that ends in the year 9999', { exp: 253_402_300_799 }],
      ['X04 whose exp is a fraction', { exp: 4e9 + 0.5 }],
      ['X04 whose exp is a text', { exp: '4000000000' }],
      ['X10 of an unknown issuer', { iss: 'https://login.evil.test' }],
      ['X10 whose issuer has a slash more', { iss: `${IDP}/` }],
      ['X10 without iss', { iss: undefined }],
      ['for somebody else', { aud: 'https://elsewhere.example' }],
      ['for the issuer with a slash more', { aud: 'https://auth.example.com/' }],
      ['for somebody else too', { aud: ['https://elsewhere.example', 'x'] }],
      ['for nobody', { aud: undefined }],
      ['for an empty list', { aud: [] }],
      ['without sub', { sub: undefined }],
      ['with an empty sub', { sub: '' }],
      ['whose sub is a number', { sub: 7 }],
      ['X15 with NUL in its sub', { sub: 'a\0b' }],
      ['X15 with a sub of 10 KB', { sub: 'x'.repeat(10_000) }],
      ['X22 bound to a key', { cnf: { jkt: 'x' } }],
      ['X13 that says who acts', { act: { sub: 'admin' } }],
      ['X11 that is an access token', {}, { typ: 'at+jwt' }],
      ['X11 that is an ID-JAG', {}, { typ: 'oauth-id-jag+jwt' }],
      ['X11 that is a logout token', {}, { typ: 'logout+jwt' }],
      ['X07 with a kid that is a path', {}, { kid: '../../etc/passwd' }],
    ])('is refused %s, and the log says so once', async (_, changes, header) => {
      const [issued, refused, linked] = [await rows('exchange.issued'), await rows('exchange.refused'), await rows('identity.linked')]
      const answer = await byJwt(signed({ sub: 'never', ...changes }, header))
      expect(outcomeOf(answer)).toBe('400 invalid_request')
      expect(answer.body.error_description).toBe('subject_token is not a living token that this authorization server accepts')
      expect((await rows('exchange.refused')).slice(refused.length)).toEqual([
        expect.objectContaining({ reason: 'subject_token_refused', detail: { error: 'invalid_request', why: expect.any(String) } }),
      ])
      expect([(await rows('exchange.issued')).length, (await rows('identity.linked')).length]).toEqual([issued.length, linked.length])
    })

    it('X04 is refused 61 seconds early, and taken when the issuer’s clock is less than a minute ahead', async () => {
      const early = async (changes: Members) => outcomeOf(await byJwt(signed(changes)))
      expect(await early({ nbf: now() + 70 })).toBe('400 invalid_request')
      expect(await early({ iat: now() + 70 })).toBe('400 invalid_request')
      expect(await early({ nbf: now() + 30, iat: now() + 30 })).toBe('200')
      expect(await early({ exp: now() + 86_400 + 60 })).toBe('400 invalid_request')
    })

    it('X06 X08 X11 is refused unless the trusted key signed it just so', async () => {
      const stranger = await clientKey('RS256', String(idp.jwk.kid))
      const other = await clientKey('ES256')
      const good = await signed()
      const [header = '', payload = '', signature = ''] = good.split('.')
      const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const tokens = [
        await signed({}, {}, stranger),
        await signed({}, { jwk: stranger.jwk, jku: 'https://evil.test/jwks', x5u: 'https://evil.test' }, stranger),
        await signed({}, {}, other),
        `${encode({ alg: 'none' })}.${payload}.`,
        `${encode({ alg: 'HS256', kid: idp.jwk.kid })}.${payload}.${signature}`,
        `${encode({ alg: 'RS256', crit: ['x'], x: 1 })}.${payload}.${signature}`,
        `${header}.${encode({ ...decodeJwt(good), sub: 'root' })}.${signature}`,
        `${header}.${payload}`,
        JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
        `${good}.x.y`,
        'x'.repeat(30_000),
      ]
      for (const token of tokens) expect(outcomeOf(await byJwt(token))).toBe('400 invalid_request')
    })

    it('X11 of ours is no JWT of a trusted issuer, and a JWT of theirs no access token of ours', async () => {
      const ours = tokensOf(await byJwt(signed())).access
      expect(outcomeOf(await byJwt(ours))).toBe('400 invalid_request')
      expect(outcomeOf(await byJwt(signed(), { subject_token_type: ACCESS_TOKEN_TYPE }))).toBe('400 invalid_request')
      expect(outcomeOf(await byJwt(ours, { subject_token_type: ACCESS_TOKEN_TYPE }))).toBe('200')
    })

    it('X03 yields an access token and nothing else', async () => {
      const wanted = (requested_token_type: string) => byJwt(signed(), { requested_token_type })
      expect(outcomeOf(await wanted(ACCESS_TOKEN_TYPE))).toBe('200')
      for (const type of [JWT_TYPE, ID_TOKEN_TYPE, 'urn:ietf:params:oauth:token-type:refresh_token', 'x'])
        expect(outcomeOf(await wanted(type))).toBe('400 invalid_request')
    })

    it('X05 of another project of this installation is refused, and stands in the log once', async () => {
      const other = await subject.target.project()
      const foreign = tokensOf(
        await postForm(
          other,
          '/api/oauth/token',
          { grant_type: TOKEN_EXCHANGE, subject_token: 'eve', subject_token_type: USER_ID_TYPE },
          { headers: bearer(other.serverSecret) },
        ),
      ).access
      for (const type of [ACCESS_TOKEN_TYPE, JWT_TYPE])
        expect(outcomeOf(await byJwt(foreign, { subject_token_type: type }))).toBe('400 invalid_request')
      expect((await rows('cross_tenant.used')).filter(({ detail }) => detail?.issuer === other.issuer)).toEqual([
        expect.objectContaining({ actorKind: 'backend', detail: { credential: 'subject_token', issuer: other.issuer } }),
      ])
      expect(await isActive(other, foreign)).toBe(true)
    })

    it('X10 of an issuer that only another project trusts is refused', async () => {
      const other = await subject.target.project()
      await other.trust({ kind: 'subject-token', issuer: 'https://login.theirs.example', jwks: { keys: [idp.jwk] } })
      expect(outcomeOf(await byJwt(signed({ iss: 'https://login.theirs.example' })))).toBe('400 invalid_request')
    })

    it('is refused once its issuer is trusted no longer', async () => {
      const own = await subject.target.project()
      await own.trust({ kind: 'subject-token', issuer: IDP, jwks: { keys: [idp.jwk] } })
      const ask = async () =>
        outcomeOf(
          await exchange({ subject_token: await signed({ aud: own.issuer }), subject_token_type: JWT_TYPE }, bearer(own.serverSecret), own),
        )
      expect(await ask()).toBe('200')
      await own.distrust('subject-token', IDP)
      expect(await ask()).toBe('400 invalid_request')
    })
  })

  describe('the rules of an issuer', () => {
    let ruled: TestProject
    beforeAll(async () => {
      ruled = await subject.target.project()
      await ruled.addScope('admin', false)
      const rules = [
        { claims: { groups: 'staff' }, scopes: ['read'] },
        { claims: { groups: 'admins', mfa: 'true' }, scopes: ['read', 'admin'] },
      ]
      await ruled.trust({ kind: 'subject-token', issuer: IDP, jwks: { keys: [idp.jwk] }, rules })
    })
    const ask = async (changes: Members, form: Form = {}) => {
      const subject_token = await signed({ aud: ruled.issuer, ...changes })
      return exchange({ subject_token, subject_token_type: JWT_TYPE, ...form }, bearer(ruled.serverSecret), ruled)
    }

    it('give what the claims of a token deserve', async () => {
      expect(claimsOf(await ask({ groups: ['staff', 'x'] })).scope).toBe('read')
      expect(claimsOf(await ask({ groups: 'staff' })).scope).toBe('read')
      const { scope } = tokensOf(await ask({ groups: ['staff', 'admins'], mfa: true }))
      expect(scope.split(' ').toSorted()).toEqual(['admin', 'read'])
      expect(claimsOf(await ask({ groups: ['admins'], mfa: true }, { scope: 'admin' })).scope).toBe('admin')
    })

    it('X12 give no more than that', async () => {
      expect(outcomeOf(await ask({ groups: ['staff'] }, { scope: 'read write' }))).toBe('400 invalid_scope')
      expect(outcomeOf(await ask({ groups: ['staff'] }, { scope: 'admin' }))).toBe('400 invalid_scope')
    })

    it.each<[string, Members]>([
      ['none of the claims', {}],
      ['another value', { groups: 'staffers' }],
      ['half of a rule', { groups: ['admins'] }],
      ['a claim that is an object', { groups: { staff: true } }],
    ])('refuse a token with %s', async (_, changes) => expect(outcomeOf(await ask(changes))).toBe('400 invalid_request'))
  })

  describe('a verified e-mail address', () => {
    let user: TestUser
    beforeAll(async () => {
      user = await project.user()
      await project.verifyEmail(user.id)
    })
    const ask = (changes: Members) => byJwt(signed({ iss: OTHER_IDP, aud: 'our-client-id', sub: randomUUID(), ...changes }))
    const subOf = async (changes: Members) => claimsOf(await ask(changes)).sub

    it('names the user of the pool who has it, where the project links by it', async () => {
      expect(await subOf({ email: user.email, email_verified: true })).toBe(user.id)
      expect(await subOf({ email: user.email.toUpperCase(), email_verified: true })).toBe(user.id)
    })

    it.each<[string, Members]>([
      ['it is not verified there', { email_verified: false }],
      ['its verification is a word', { email_verified: 'true' }],
      ['nothing is said of that', {}],
    ])('names nobody when %s', async (_, changes) => expect(await subOf({ email: user.email, ...changes })).not.toBe(user.id))

    it('names nobody where the project does not link by it', async () => {
      const answer = await byJwt(signed({ sub: randomUUID(), email: user.email, email_verified: true }))
      expect(claimsOf(answer).sub).not.toBe(user.id)
    })

    it('names nobody who has not proven it here: anybody could have signed up with it', async () => {
      const squatter = await project.user()
      expect(await subOf({ email: squatter.email, email_verified: true })).not.toBe(squatter.id)
    })

    it('X15 names nobody in letters that only look like it', async () => {
      const wide = user.email.replace(/[a-z0-9]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
      expect(wide.normalize('NFKC')).toBe(user.email)
      expect(await subOf({ email: wide, email_verified: true })).not.toBe(user.id)
    })

    it('does not move somebody who is linked already', async () => {
      const sub = randomUUID()
      const before = await subOf({ sub })
      expect(await subOf({ sub, email: user.email, email_verified: true })).toBe(before)
    })

    it('X17 of a user who is disabled is refused, linked or not', async () => {
      const [linked, unlinked] = [await project.user(), await project.user()]
      for (const { id } of [linked, unlinked]) await project.verifyEmail(id)
      const sub = randomUUID()
      expect(await subOf({ sub, email: linked.email, email_verified: true })).toBe(linked.id)
      for (const { id } of [linked, unlinked]) await project.disableUser(id)
      const count = (await rows('identity.linked')).length
      expect(outcomeOf(await ask({ sub }))).toBe('400 invalid_request')
      expect(outcomeOf(await ask({ email: unlinked.email, email_verified: true }))).toBe('400 invalid_request')
      expect((await rows('identity.linked')).length).toBe(count)
    })
  })

  describe('keys at a URL', () => {
    const published = async () => {
      const site = await subject.target.site()
      const own = await subject.target.project()
      const key = await clientKey('ES256')
      site.publish('/jwks', { body: { keys: [key.jwk] } })
      await own.trust({ kind: 'subject-token', issuer: IDP, jwksUri: site.url('/jwks') })
      const ask = async (by = key) =>
        exchange({ subject_token: await signed({ aud: own.issuer }, {}, by), subject_token_type: JWT_TYPE }, bearer(own.serverSecret), own)
      return { site, own, key, ask }
    }

    it('are fetched once for many tokens', async () => {
      const { site, ask } = await published()
      expect([outcomeOf(await ask()), outcomeOf(await ask())]).toEqual(['200', '200'])
      expect(site.requests('/jwks')).toBe(1)
    })

    it('that cannot be had are no fault of the token: 503, not a refusal', async () => {
      const { site, ask } = await published()
      site.publish('/jwks', { body: 'no', status: 500 })
      const answer = await ask()
      expect(outcomeOf(answer)).toBe('503 temporarily_unavailable')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    })

    it('X08 X19 are fetched for nobody whom the project does not trust, nor where exchange is off', async () => {
      const { site, own, ask } = await published()
      await own.configure({ tokenExchange: false })
      expect(outcomeOf(await ask())).toBe('400 unauthorized_client')
      const evil = { iss: 'https://evil.test', aud: own.issuer }
      await exchange(
        { subject_token: await signed(evil, { jku: site.url('/jwks') }), subject_token_type: JWT_TYPE },
        bearer(own.serverSecret),
        own,
      )
      expect(site.requests('/jwks')).toBe(0)
    })
  })

  describe('delegation', () => {
    let user: TestUser
    let client: OAuthClient
    let access: string
    let service: OAuthClient
    let serviceToken: string
    beforeAll(async () => {
      user = await project.user()
      client = oauthClient(project, await project.client())
      ;({ access } = await connect(project, client, { user }))
      service = await newCaller()
      serviceToken = tokensOf(await service.token({ grant_type: 'client_credentials' })).access
    })
    const newCaller = async () =>
      oauthClient(project, await project.client({ ...CALLER, grantTypes: [TOKEN_EXCHANGE, 'client_credentials'] }))
    const asked = (form: Form = {}) => ({ subject_token: access, subject_token_type: ACCESS_TOKEN_TYPE, ...form })
    const by = (caller: OAuthClient, form: Form = {}) => caller.token({ grant_type: TOKEN_EXCHANGE, ...asked(form) })
    const actor = (actor_token: string, actor_token_type = ACCESS_TOKEN_TYPE) => ({ actor_token, actor_token_type })

    it('X13 names whose actor token it is, by the backend', async () => {
      const claims = claimsOf(await exchange(asked(actor(serviceToken))))
      expect(claims).toMatchObject({ sub: user.id, client_id: 'backend', act: { sub: service.clientId } })
      const issued = (await rows('exchange.issued')).filter(({ detail }) => detail?.jti === claims.jti)
      expect(issued).toEqual([expect.objectContaining({ detail: expect.objectContaining({ act: { sub: service.clientId } }) })])
    })

    it('names a person who acts, and by which client', async () => {
      const helper = await project.user()
      const { access: helping } = await connect(project, client, { user: helper })
      expect(claimsOf(await exchange(asked(actor(helping)))).act).toEqual({ sub: helper.id, client_id: client.clientId })
    })

    it('names somebody whom a trusted issuer vouches for, with that issuer', async () => {
      const form = asked(actor(await signed({ sub: 'support-7' }), JWT_TYPE))
      expect(claimsOf(await exchange(form)).act).toEqual({ sub: 'support-7', iss: IDP })
      expect(claimsOf(await by(service, form)).act).toEqual({ sub: 'support-7', iss: IDP, client_id: service.clientId })
    })

    it('keeps who acted before, three deep and no deeper', async () => {
      const callers = [service, await newCaller(), await newCaller(), await newCaller()]
      let subject_token = access
      for (const caller of callers.slice(0, 3)) subject_token = tokensOf(await by(caller, { subject_token })).access
      const [first, second, third] = callers.map(({ clientId }) => clientId)
      expect(decodeJwt(subject_token).act).toEqual({ sub: third, act: { sub: second, act: { sub: first } } })
      expect(outcomeOf(await by(callers[3] as OAuthClient, { subject_token }))).toBe('400 invalid_request')
      expect(claimsOf(await by(callers[2] as OAuthClient, { subject_token })).act).toEqual(decodeJwt(subject_token).act)
      expect(claimsOf(await exchange(asked({ subject_token }))).act).toEqual(decodeJwt(subject_token).act)
    })

    it('X13 refuses a client that acts with a token of another', async () => {
      const other = await newCaller()
      expect(outcomeOf(await by(other, actor(serviceToken)))).toBe('400 invalid_request')
      expect(outcomeOf(await by(service, actor(serviceToken)))).toBe('200')
    })

    it.each<[string, () => Form | Promise<Form>]>([
      ['X13 forged', () => actor(`${serviceToken.slice(0, -4)}AAAA`)],
      ['of no issuer we trust', async () => actor(await signed({ iss: 'https://evil.test' }), JWT_TYPE)],
      ['expired', async () => actor(await signed({ exp: 1 }), JWT_TYPE)],
      ['of an unknown type', () => actor(serviceToken, 'urn:ietf:params:oauth:token-type:saml2')],
      ['without a type', () => ({ actor_token: serviceToken })],
      ['that is not there, though its type is', () => ({ actor_token_type: ACCESS_TOKEN_TYPE })],
      ['that is a user id', () => actor('admin', USER_ID_TYPE)],
      ['that acts for somebody itself', async () => actor(tokensOf(await by(service)).access)],
    ])('refuses an actor token %s', async (_, form) => expect(outcomeOf(await exchange(asked(await form())))).toBe('400 invalid_request'))

    it('honours may_act: who is named, and nobody else', async () => {
      const ask = async (may_act: unknown, form: Form = {}) => outcomeOf(await byJwt(signed({ may_act }), form))
      const mine = actor(serviceToken)
      expect(await ask({ sub: service.clientId }, mine)).toBe('200')
      expect(await ask({ sub: service.clientId, iss: project.issuer }, mine)).toBe('200')
      for (const named of [
        { sub: 'somebody' },
        { sub: service.clientId, iss: IDP },
        { sub: service.clientId, email: 'a@b.example' },
        {},
        'x',
        null,
        [service.clientId],
      ])
        expect([named, await ask(named, mine)]).toEqual([named, '400 invalid_request'])
      expect(await ask({ sub: service.clientId })).toBe('400 invalid_request')
    })

    it('a client may bring a token of a trusted issuer, and is its actor', async () => {
      const answer = await by(service, { subject_token: await signed({ sub: 'by-client' }), subject_token_type: JWT_TYPE, scope: 'read' })
      expect(claimsOf(answer)).toMatchObject({ client_id: service.clientId, act: { sub: service.clientId }, scope: 'read' })
    })
  })
})
