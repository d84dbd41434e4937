import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { type DpopKey, dpopKey, type Members } from './conformance/dpop-key.ts'
import { type ProofTarget, verifyProof } from './dpop.ts'
import { OAuthError } from './errors.ts'

const URL_OF_TOKEN = 'https://auth.example.com/p/acme/api/oauth/token'
const NOW = 1_795_262_400
const TARGET: ProofTarget = { method: 'POST', url: URL_OF_TOKEN, now: new Date(NOW * 1000) }
const CLAIMS = { htm: 'POST', htu: URL_OF_TOKEN, iat: NOW }

let key: DpopKey
let other: DpopKey
beforeAll(async () => {
  key = await dpopKey()
  other = await dpopKey()
})

/** `jkt` when it is accepted, else the code and what its description names. */
async function judged(header: string, target: Partial<ProofTarget> = {}): Promise<string> {
  try {
    return (await verifyProof(header, { ...TARGET, ...target })).jkt
  } catch (error) {
    if (error instanceof OAuthError) return `${error.status} ${error.code}: ${error.description}`
    throw error
  }
}
const withClaims = async (changes: Members, target?: Partial<ProofTarget>) => judged(await key.proof({ ...CLAIMS, ...changes }), target)
const withHeader = async (changes: Members) => judged(await key.proof(CLAIMS, changes))

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const unsigned = (header: unknown, claims: unknown = { ...CLAIMS, jti: 'a' }) => `${encode(header)}.${encode(claims)}`

describe('a DPoP proof', () => {
  it.each(['ES256', 'RS256', 'PS256', 'EdDSA'] as const)('signed with %s proves its key', async (alg) => {
    const mine = await dpopKey(alg)
    expect(await judged(await mine.proof(CLAIMS))).toBe(mine.jkt)
  })

  it.each([
    ['a query', `${URL_OF_TOKEN}?a=b`],
    ['a fragment', `${URL_OF_TOKEN}#x`],
    ['the host in capitals', URL_OF_TOKEN.replace('auth', 'AUTH')],
    ['the scheme in capitals', URL_OF_TOKEN.replace('https', 'HTTPS')],
    ['the default port', URL_OF_TOKEN.replace('.com', '.com:443')],
  ])('names the endpoint also with %s', async (_, htu) => expect(await withClaims({ htu })).toBe(key.jkt))

  it.each([300, -300])('may be %i s away from now', async (offset) => expect(await withClaims({ iat: NOW + offset })).toBe(key.jkt))

  it('may say more than we ask', async () => {
    expect(await withClaims({ nonce: 'unasked', ath: 'unasked', exp: NOW + 1, iss: 'me' })).toBe(key.jkt)
    expect(await withHeader({ typ: 'application/dpop+jwt', kid: 'mine' })).toBe(key.jkt)
  })

  describe('is refused', () => {
    it.each<[string, Members, string]>([
      ['the method of another request', { htm: 'GET' }, 'htm'],
      ['the method in lower case', { htm: 'post' }, 'htm'],
      ['no method', { htm: undefined }, 'htm'],
      ['another endpoint', { htu: `${URL_OF_TOKEN}/exchange` }, 'htu'],
      ['another host', { htu: URL_OF_TOKEN.replace('auth', 'evil') }, 'htu'],
      ['another project', { htu: URL_OF_TOKEN.replace('acme', 'other') }, 'htu'],
      ['another scheme', { htu: URL_OF_TOKEN.replace('https', 'http') }, 'htu'],
      ['another port', { htu: URL_OF_TOKEN.replace('.com', '.com:8443') }, 'htu'],
      ['the path in capitals', { htu: URL_OF_TOKEN.replace('token', 'TOKEN') }, 'htu'],
      ['a slash too many', { htu: `${URL_OF_TOKEN}/` }, 'htu'],
      ['userinfo', { htu: URL_OF_TOKEN.replace('https://', 'https://a:b@') }, 'htu'],
      ['a backslash', { htu: URL_OF_TOKEN.replace('https://', 'https:\\\\') }, 'htu'],
      ['a path alone', { htu: '/p/acme/api/oauth/token' }, 'htu'],
      ['a URL that is no text', { htu: [URL_OF_TOKEN] }, 'htu'],
      ['no URL', { htu: undefined }, 'htu'],
      ['a time too early', { iat: NOW - 301 }, 'iat'],
      ['a time too late', { iat: NOW + 301 }, 'iat'],
      ['no time', { iat: undefined }, 'iat'],
      ['a time that is no number', { iat: 'now' }, 'not accepted'],
      ['a time for ever', { iat: 1e300 }, 'not accepted'],
      ['an end in the past', { exp: NOW }, 'expired'],
      ['no jti', { jti: undefined }, 'jti'],
      ['an empty jti', { jti: '' }, 'jti'],
      ['a jti that is no text', { jti: 7 }, 'jti'],
      ['a jti of 513 characters', { jti: 'a'.repeat(513) }, 'jti'],
    ])('with %s', async (_, changes, named) => {
      expect(await withClaims(changes)).toMatch(new RegExp(`^400 invalid_dpop_proof: .*${named}`))
    })

    it.each<[string, Members, string]>([
      ['another type', { typ: 'JWT' }, 'typ'],
      ['the type of an access token', { typ: 'at+jwt' }, 'typ'],
      ['no type', { typ: undefined }, 'typ'],
      ['no key', { jwk: undefined }, 'jwk'],
      ['a list for a key', { jwk: [] }, 'jwk'],
      ['a text for a key', { jwk: 'key' }, 'jwk'],
      ['a key without members', { jwk: {} }, 'not accepted'],
      ['a shared secret for a key', { jwk: { kty: 'oct', k: 'c2VjcmV0' } }, 'public'],
      ['a key for encryption', { jwk: { kty: 'EC', crv: 'P-256', use: 'enc' } }, 'not accepted'],
    ])('with %s', async (_, changes, named) => {
      expect(await withHeader(changes)).toMatch(new RegExp(`^400 invalid_dpop_proof: .*${named}`))
    })

    it('with an extension that must be understood', async () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk, crit: ['exp'], exp: NOW }
      const proof = await new SignJWT({ ...CLAIMS, jti: 'a' }).setProtectedHeader(header).sign(privateKey, { crit: { exp: true } })
      expect(await judged(proof)).toContain('invalid_dpop_proof')
    })

    it('with its private key', async () => expect(await withHeader({ jwk: key.privateJwk })).toContain('public'))

    it('with the signature of another key', async () => {
      expect(await withHeader({ jwk: other.jwk })).toContain('not accepted')
      const [header, claims] = (await key.proof(CLAIMS)).split('.')
      const [, , signature] = (await key.proof(CLAIMS)).split('.')
      expect(await judged(`${header}.${claims}.${signature}`)).toContain('not accepted')
    })

    it('with an algorithm that is not offered', async () => {
      const large = await dpopKey('ES384')
      expect(await judged(await large.proof(CLAIMS))).toContain('not accepted')
      expect(await judged(`${unsigned({ typ: 'dpop+jwt', alg: 'none', jwk: key.jwk })}.AA`)).toContain('not accepted')
      const shared = Buffer.from(String(key.jwk.x), 'base64url')
      const mac = new SignJWT({ ...CLAIMS, jti: 'a' }).setProtectedHeader({ typ: 'dpop+jwt', alg: 'HS256', jwk: key.jwk }).sign(shared)
      expect(await judged(await mac)).toContain('not accepted')
    })

    it('with an RSA key of 1024 bits', async () => {
      const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
      const text = unsigned({ typ: 'dpop+jwt', alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) })
      expect(await judged(`${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`)).toContain('not accepted')
    })

    it.each([
      ['nothing', ''],
      ['a word', 'proof'],
      ['two parts', 'a.b'],
      ['four parts', 'a.b.c.d'],
      ['an unsigned one', 'eyJhbGciOiJub25lIn0.e30.'],
      ['one that is no JSON', 'AA.AA.AA'],
      ['more than 8 KB', `${'a'.repeat(8190)}.b.c`],
    ])('as %s', async (_, header) => expect(await judged(header)).toContain('invalid_dpop_proof'))

    it('when it came twice', async () => {
      const proof = await key.proof(CLAIMS)
      expect(await judged(`${proof}, ${proof}`)).toContain('one JWT')
      expect(await judged(`${proof},${await key.proof(CLAIMS)}`)).toContain('one JWT')
    })
  })

  it('says nothing of what was sent in its refusal', async () => {
    const marker = 'MARKER-7f3a'
    for (const changes of [{ htm: marker }, { htu: `https://${marker}.example` }, { jti: marker.repeat(60) }])
      expect(await withClaims(changes)).not.toContain(marker)
  })

  it('is told apart from others by its key and its jti, and remembered until it is too old', async () => {
    const idOf = async (proof: string) => (await verifyProof(proof, TARGET)).idHash
    const same = { ...CLAIMS, jti: 'one' }
    expect(await idOf(await key.proof(same))).toBe(await idOf(await key.proof(same)))
    expect(await idOf(await key.proof(same))).not.toBe(await idOf(await key.proof({ ...CLAIMS, jti: 'two' })))
    expect(await idOf(await key.proof(same))).not.toBe(await idOf(await other.proof(same)))

    const { expiresAt } = await verifyProof(await key.proof(same), TARGET)
    expect(await judged(await key.proof(same), { now: expiresAt })).toContain('iat')
  })

  describe('beside an access token', () => {
    const accessToken = 'eyJ.access.token'
    const ath = createHash('sha256').update(accessToken).digest('base64url')

    it('carries its hash', async () => expect(await withClaims({ ath }, { accessToken })).toBe(key.jkt))

    it.each([
      ['none', undefined],
      ['another’s', createHash('sha256').update('other').digest('base64url')],
      ['one in hex', createHash('sha256').update(accessToken).digest('hex')],
    ])('is refused with %s', async (_, wrong) =>
      expect(await withClaims({ ath: wrong }, { accessToken })).toMatch(/^400 invalid_dpop_proof: .*ath/),
    )
  })

  describe('where a nonce is asked for', () => {
    const nonces = ['newest', 'older']

    it.each(nonces)('may carry the %s one', async (nonce) => expect(await withClaims({ nonce }, { nonces })).toBe(key.jkt))

    it.each([
      ['none', undefined],
      ['a wrong one', 'ancient'],
      ['one that is no text', ['newest']],
    ])('with %s is told the newest', async (_, nonce) => {
      const answer = verifyProof(await key.proof({ ...CLAIMS, nonce }), { ...TARGET, nonces })
      await expect(answer).rejects.toMatchObject({ code: 'use_dpop_nonce', status: 400, headers: { 'dpop-nonce': 'newest' } })
    })

    it('tells it only to whoever signed a proof for this endpoint', async () =>
      expect(await withClaims({ htu: 'https://evil.test' }, { nonces })).toContain('invalid_dpop_proof'))
  })
})
