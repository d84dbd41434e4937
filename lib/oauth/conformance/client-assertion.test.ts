import { createHmac, createPublicKey } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { assertionClaims, type ClientKey, clientKey } from './client-key.ts'
import { type Members, serverClock } from './dpop-key.ts'
import {
  type Answer,
  ASSERTION_TYPE,
  basic,
  connect,
  type Form,
  introspect,
  oauthClient,
  outcomeOf,
  postForm,
  register,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { type ClientOptions, REDIRECT_URI, type TestClient, type TestProject, type TestSite, type Where } from './target.ts'

const TOKEN = '/api/oauth/token'
const CREDENTIALS: Form = { grant_type: 'client_credentials' }
const KEYED: ClientOptions = { method: 'private_key_jwt', grantTypes: ['client_credentials', 'authorization_code', 'refresh_token'] }

conformance('client assertions', (subject) => {
  let project: TestProject
  let key: ClientKey
  let client: TestClient
  let now: () => number
  beforeAll(async () => {
    project = await subject.target.project()
    key = await clientKey()
    now = await serverClock(project)
  })
  // A client of its own for each test: failures count by client.
  beforeEach(async () => {
    client = await project.client({ ...KEYED, jwks: { keys: [key.jwk] } })
  })
  const good = (changes: Members = {}, of = client): Members => ({ ...assertionClaims(of.clientId, project.issuer, now()), ...changes })
  const post = (client_assertion: string, form: Form = {}, where: Where & { headers?: Record<string, string>; path?: string } = {}) =>
    postForm(project, where.path ?? TOKEN, { ...CREDENTIALS, client_assertion_type: ASSERTION_TYPE, client_assertion, ...form }, where)
  const tryWith = async (changes: Members, header: Members = {}): Promise<string> =>
    outcomeOf(await post(await key.sign(good(changes), header)))

  describe('is accepted', () => {
    it.each(['ES256', 'RS256', 'PS256', 'EdDSA'] as const)('signed with %s, with the client_id beside it or not', async (alg) => {
      const own = await clientKey(alg)
      const of = await project.client({ ...KEYED, jwks: { keys: [key.jwk, own.jwk] } })
      expect(outcomeOf(await post(await own.sign(good({}, of))))).toBe('200')
      expect(outcomeOf(await post(await own.sign(good({}, of), { kid: undefined }), { client_id: of.clientId }))).toBe('200')
    })

    it.each([
      ['the issuer', () => project.issuer],
      ['the issuer with a slash', () => `${project.issuer}/`],
      ['the token endpoint', () => `${project.issuer}${TOKEN}`],
      ['the token endpoint with a slash', () => `${project.issuer}${TOKEN}/`],
      ['a list of one', () => [project.issuer]],
      ['a list of both', () => [project.issuer, `${project.issuer}${TOKEN}`]],
    ])('C15 CA15 for %s', async (_, aud) => expect(await tryWith({ aud: aud() })).toBe('200'))

    it.each<[string, Members]>([
      ['an hour ahead', { exp: 3600 }],
      ['a minute ago', { exp: -50 }],
    ])('CA13 that expires %s', async (_, { exp }) => expect(await tryWith({ exp: now() + Number(exp) })).toBe('200'))

    it('issued by a clock that is a little fast, or without saying when', async () => {
      expect(await tryWith({ iat: now() + 50, nbf: now() + 50 })).toBe('200')
      expect(await tryWith({ iat: undefined })).toBe('200')
    })

    it.each(['JWT', 'jwt', 'application/jwt', 'client-authentication+jwt', undefined])('with typ %s', async (typ) =>
      expect(await tryWith({}, { typ })).toBe('200'),
    )

    it('X-02 of a client that registered itself, from authorize to refresh and revoke', async () => {
      const { body } = await register(project, {
        ...{ redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.jwk] } },
      })
      const clientId = body.client_id ?? ''
      const assertion = () => key.sign(assertionClaims(clientId, `${project.issuer}${TOKEN}`, now()))
      const made = oauthClient(project, { clientId, clientSecret: null, method: 'private_key_jwt', redirectUri: REDIRECT_URI, assertion })
      const connected = await connect(project, made, { user: await project.user() })
      const refreshed = await made.refresh(connected.refresh)
      expect(outcomeOf(refreshed)).toBe('200')
      expect((await made.introspect(refreshed.body.access_token ?? '')).body.active).toBe(true)
      expect(outcomeOf(await made.revoke(refreshed.body.access_token ?? ''))).toBe('200')
      expect((await introspect(project, refreshed.body.access_token ?? '')).body).toEqual({ active: false })
    })

    it.each(['/api/oauth/revoke', '/api/oauth/introspect'])('at %s', async (path) => {
      expect(outcomeOf(await post(await key.sign(good()), { token: 'x' }, { path }))).toBe('200')
      expect(outcomeOf(await post(await key.sign(good({ aud: 'https://evil.test' })), { token: 'x' }, { path }))).toBe('401 invalid_client')
    })
  })

  describe('is refused with 401, without a challenge, and uses nothing up:', () => {
    const refused = async (work: () => Promise<Answer>, outcome = '401 invalid_client') => {
      const before = await project.snapshot()
      const answer = await work()
      expect(outcomeOf(answer)).toBe(outcome)
      expect([answer.headers.get('www-authenticate'), answer.headers.get('cache-control')]).toEqual([null, 'no-store'])
      expect(await project.snapshot()).toBe(before)
    }
    const refusedWith = (changes: Members, header: Members = {}) => refused(async () => post(await key.sign(good(changes), header)))
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

    it.each<[string, () => Members]>([
      ['no exp', () => ({ exp: undefined })],
      ['an exp of two hours ahead', () => ({ exp: now() + 7200 })],
      ['an exp of 61 minutes and a bit ahead', () => ({ exp: now() + 3600 + 70 })],
      ['an exp of more than a minute ago', () => ({ exp: now() - 70 })],
      ['an exp that is text', () => ({ exp: String(now() + 300) })],
      ['an iat of five minutes ahead', () => ({ iat: now() + 300 })],
      ['an nbf of five minutes ahead', () => ({ nbf: now() + 300 })],
      ['an iat that is text', () => ({ iat: 'now' })],
      ['no sub', () => ({ sub: undefined })],
      ['no iss', () => ({ iss: undefined })],
      ['an iss that is not the sub', () => ({ iss: 'c_AAAAAAAAAAAAAAAAAAAAAA' })],
      ['another sub', () => ({ sub: 'c_AAAAAAAAAAAAAAAAAAAAAA', iss: 'c_AAAAAAAAAAAAAAAAAAAAAA' })],
      ['a sub with NUL', () => ({ sub: 'c_\0', iss: 'c_\0' })],
      ['a jti that is no text', () => ({ jti: 5 })],
      ['a jti of 10 KB', () => ({ jti: 'x'.repeat(10_000) })],
      ['no aud', () => ({ aud: undefined })],
      ['an empty list of aud', () => ({ aud: [] })],
    ])('CA13 %s', (_, changes) => refusedWith(changes()))

    it.each<[string, () => unknown]>([
      ['another project’s issuer', () => project.issuer.replace(project.slug, 'other')],
      ['the issuer in capitals', () => project.issuer.toUpperCase()],
      ['a host in capitals', () => project.issuer.replace('localhost', 'LOCALHOST')],
      ['two slashes at the end', () => `${project.issuer}//`],
      ['another endpoint', () => `${project.issuer}/api/oauth/revoke`],
      ['the origin', () => new URL(project.issuer).origin],
      ['a list with a stranger', () => [project.issuer, 'https://evil.test']],
      ['a list with nothing', () => [project.issuer, null]],
      ['an object', () => ({ 0: project.issuer })],
    ])('CA15 for %s', (_, aud) => refusedWith({ aud: aud() }))

    it.each(['at+jwt', 'dpop+jwt', 'oauth-id-jag+jwt', 'secevent+jwt'])('X11 of typ %s: it was made for something else', (typ) =>
      refusedWith({}, { typ }),
    )

    it('CA13 of alg none', () => refused(() => post(`${encode({ alg: 'none' })}.${encode(good())}.x`)))

    it('CA13 of HS256, keyed with the public key that we hold', () =>
      refused(() => {
        const pem = createPublicKey({ key: key.jwk as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
        const input = `${encode({ alg: 'HS256', kid: key.jwk.kid })}.${encode(good())}`
        return post(`${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`)
      }))

    it('CA13 of a key that is not the client’s, under the name of one that is', async () => {
      const stranger = await clientKey('ES256', key.jwk.kid)
      await refused(async () => post(await stranger.sign(good())))
      await refused(async () => post(await stranger.sign(good(), { jwk: stranger.jwk, jku: 'https://evil.test/jwks' })))
    })

    it('CA13 of another client’s key, in its own name', async () => {
      const own = await clientKey()
      const of = await project.client({ ...KEYED, jwks: { keys: [own.jwk] } })
      await refused(async () => post(await key.sign(good({}, of))))
      await refused(async () => post(await own.sign(good({}, of)), { client_id: client.clientId }))
    })

    it.each(['', 'x', 'a.b.c', 'e30.e30.e30', 'x'.repeat(20_000)].map((text): [number, string] => [text.length, text]))(
      'J04 of %i characters that are none',
      (_, text) =>
        refused(() => post(text, text === '' ? { client_id: client.clientId } : {}), text === '' ? '400 invalid_request' : undefined),
    )

    it('CA03 a secret, or nothing, from a client that has a key', async () => {
      const nothing = { client_assertion: undefined, client_assertion_type: undefined, client_id: client.clientId }
      await refused(() => post('', { ...nothing, client_secret: 'gate_cs_x' }))
      await refused(() => post('', nothing))
    })

    it('CA03 an assertion of a client that has none', async () => {
      const [open, web] = [await project.client(), await project.client({ ...KEYED, method: 'client_secret_basic' })]
      for (const of of [open, web]) await refused(async () => post(await key.sign(good({}, of))))
    })

    it('CA17 a type that is missing, wrong or there twice, an assertion that is there twice', async () => {
      const assertion = await key.sign(good())
      await refused(() => post(assertion, { client_assertion_type: undefined }), '400 invalid_request')
      await refused(() => post(assertion, { client_assertion_type: `${ASSERTION_TYPE}x` }))
      await refused(() => post(assertion, { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' }))
      await refused(() => post(assertion, { client_assertion_type: [ASSERTION_TYPE, ASSERTION_TYPE] }), '400 invalid_request')
      await refused(() => post('', { client_assertion: [assertion, assertion] }), '400 invalid_request')
      await refused(() => post('', { client_assertion: undefined }), '400 invalid_request')
      expect(outcomeOf(await post(assertion))).toBe('200') // none of it used it up
    })

    it('two methods at once', async () => {
      const assertion = await key.sign(good())
      await refused(() => post(assertion, { client_secret: 'x' }), '400 invalid_request')
      await refused(() => post(assertion, {}, { headers: { authorization: basic(client.clientId, 'x') } }), '400 invalid_request')
      await refused(() => post(assertion, {}, { headers: { authorization: basic(client.clientId, '') } }), '400 invalid_request')
    })

    it('a client that was revoked, even with its key', async () => {
      const doomed = await project.client({ ...KEYED, jwks: { keys: [key.jwk] } })
      await project.revokeClient(doomed.clientId)
      await refused(async () => post(await key.sign(good({}, doomed))))
    })

    it('it in the query', async () => {
      const response = await project.fetch(`${TOKEN}?client_assertion=${await key.sign(good())}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=client_credentials',
      })
      expect(response.status).toBe(400)
    })
  })

  describe('CA14 counts once', () => {
    it('and is noted when it comes again', async () => {
      const assertion = await key.sign(good())
      expect(outcomeOf(await post(assertion))).toBe('200')
      for (let i = 0; i < 3; i++) expect(outcomeOf(await post(assertion))).toBe('401 invalid_client')
      const rows = (await project.audit()).filter(({ action, clientId }) => action === 'assertion.replayed' && clientId === client.clientId)
      expect(rows).toHaveLength(1)
    })

    it.each([1, 2] as const)('of twenty at once, on two instances, with a jti and without (%i)', async (round) => {
      for (const jti of [`at-once-${round}`, undefined]) {
        const assertion = await key.sign(good({ jti }))
        const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => post(assertion, {}, { instance: i % 2 === 0 ? 1 : 2 })))
        expect(answers.map(outcomeOf).toSorted()).toEqual(['200', ...Array(9).fill('401 invalid_client')])
      }
    })

    it('its jti, in whatever assertion; another client may have the same', async () => {
      const jti = `mine-${project.slug}`
      expect(outcomeOf(await post(await key.sign(good({ jti }))))).toBe('200')
      expect(outcomeOf(await post(await key.sign(good({ jti, exp: now() + 500 }))))).toBe('401 invalid_client')
      const other = await project.client({ ...KEYED, jwks: { keys: [key.jwk] } })
      expect(outcomeOf(await post(await key.sign(good({ jti }, other))))).toBe('200')
    })

    it('without a jti, however its signature is written', async () => {
      const claims = good({ jti: undefined })
      const assertion = await key.sign(claims)
      expect(outcomeOf(await post(assertion))).toBe('200')
      // The last of 86 characters holds four bits that decode to nothing; and ECDSA signs the same text anew each time.
      const respelled = assertion.slice(0, -1) + respellingOf(assertion.at(-1) ?? '')
      expect(Buffer.from(respelled.split('.')[2] ?? '', 'base64url')).toEqual(Buffer.from(assertion.split('.')[2] ?? '', 'base64url'))
      expect(outcomeOf(await post(respelled))).toBe('401 invalid_client')
      expect(outcomeOf(await post(await key.sign(claims)))).toBe('401 invalid_client')
    })

    it('until it is too old to count at all', async () => {
      const own = await subject.target.project()
      const of = await own.client({ ...KEYED, jwks: { keys: [key.jwk] } })
      const clock = await serverClock(own)
      const assertion = await key.sign({ ...assertionClaims(of.clientId, own.issuer, clock()), exp: clock() + 30 })
      const send = () => postForm(own, TOKEN, { ...CREDENTIALS, client_assertion_type: ASSERTION_TYPE, client_assertion: assertion })
      expect(outcomeOf(await send())).toBe('200')
      await own.advance(80)
      expect(outcomeOf(await send())).toBe('401 invalid_client')
    })
  })

  describe('with keys at a URL', () => {
    let site: TestSite
    beforeAll(async () => {
      site = await subject.target.site()
    })
    const publishedAt = async (path: string, ...keys: ClientKey[]) => {
      site.publish(path, { body: { keys: keys.map(({ jwk }) => jwk) } })
      return project.client({ ...KEYED, jwksUri: site.url(path) })
    }

    it('is read there, once for many', async () => {
      const of = await publishedAt('/jwks.json', key)
      for (let i = 0; i < 3; i++) expect(outcomeOf(await post(await key.sign(good({}, of))))).toBe('200')
      expect(site.requests('/jwks.json')).toBe(1)
    })

    it('CA16 a flood of unknown kids is refused with at most one more fetch a minute', async () => {
      const of = await publishedAt('/flooded.json', key)
      expect(outcomeOf(await post(await key.sign(good({}, of))))).toBe('200')
      const outcomes = []
      for (let i = 0; i < 12; i++) outcomes.push(outcomeOf(await post(await key.sign(good({}, of), { kid: `made-up-${i}` }))))
      expect(new Set(outcomes)).toEqual(new Set(['401 invalid_client']))
      expect(site.requests('/flooded.json')).toBeLessThanOrEqual(2)
      expect(outcomeOf(await post(await key.sign(good({}, of))))).toBe('200')
    })

    it('is never fetched for what cannot be right', async () => {
      const of = await publishedAt('/unasked.json', key)
      for (const changes of [{ aud: 'https://evil.test' }, { exp: undefined }, { iss: 'x' }]) await post(await key.sign(good(changes, of)))
      expect(site.requests('/unasked.json')).toBe(0)
    })

    it('V07 is 503 with Retry-After, and not invalid_client, while they cannot be had', async () => {
      site.publish('/broken.json', { body: 'oops', contentType: 'text/html', status: 500 })
      const of = await project.client({ ...KEYED, jwksUri: site.url('/broken.json') })
      const before = await project.snapshot()
      const answer = await post(await key.sign(good({}, of)))
      expect(outcomeOf(answer)).toBe('503 temporarily_unavailable')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await project.snapshot()).toBe(before)
    })
  })

  it('its metadata say so', async () => {
    const metadata = (await (await project.fetch('/.well-known/oauth-authorization-server')).json()) as Record<string, string[]>
    for (const endpoint of ['token', 'revocation', 'introspection']) {
      expect(metadata[`${endpoint}_endpoint_auth_methods_supported`]).toContain('private_key_jwt')
      expect(metadata[`${endpoint}_endpoint_auth_signing_alg_values_supported`]).toEqual(['RS256', 'PS256', 'ES256', 'EdDSA'])
    }
    expect(metadata.introspection_endpoint_auth_methods_supported).not.toContain('none')
  })
})

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Another character whose two leading bits, all that count, are the same. */
const respellingOf = (character: string): string => ALPHABET.charAt(ALPHABET.indexOf(character) ^ 1)
