import { describe, expect, it } from 'vitest'
import { metadataHashOf, parseClientMetadata, parseName } from './client-metadata.ts'
import { short } from './conformance/short.ts'
import { OAuthError } from './errors.ts'

const URI = 'https://client.example.com/cb'
const parse = (more: Record<string, unknown> = {}) => parseClientMetadata({ redirect_uris: [URI], ...more })
const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof OAuthError) return error.code
    throw error
  }
  return 'none'
}

describe('client metadata', () => {
  it('D13 D14 has the defaults of RFC 7591 §2', () => {
    expect(parse()).toEqual({
      name: 'Unnamed client',
      redirectUris: [URI],
      tokenEndpointAuthMethod: 'client_secret_basic',
      grantTypes: ['authorization_code', 'refresh_token'],
      applicationType: 'web',
      clientUri: null,
      scope: undefined,
    })
  })

  it('D10 takes the three redirect URIs Cursor registers', () => {
    const three = [
      'cursor://anysphere.cursor-mcp/oauth/callback',
      'https://www.cursor.com/agents/mcp/oauth/callback',
      'http://localhost:8787/callback',
    ]
    expect(parse({ redirect_uris: three })).toMatchObject({ redirectUris: three, applicationType: 'native' })
  })

  it('D10 takes the port-less loopback of Claude Code, and calls it native whatever it says', () => {
    expect(parse({ redirect_uris: ['http://localhost/callback'], application_type: 'web' }).applicationType).toBe('native')
  })

  it('keeps a redirect URI once', () => expect(parse({ redirect_uris: [URI, URI] }).redirectUris).toEqual([URI]))

  it('D11 keeps an IDN host as A-label', () => {
    expect(parse({ redirect_uris: ['https://bücher.example/cb'] }).redirectUris).toEqual(['https://xn--bcher-kva.example/cb'])
  })

  it.each([
    ['missing', undefined],
    ['empty', []],
    ['no list', URI],
    ['an object', { 0: URI, length: 1 }],
    ['numbers', [1]],
    ['null', [null]],
    ['D02 21 of them', Array.from({ length: 21 }, (_, i) => `${URI}/${i}`)],
    ['D02 1,000 of them', Array.from({ length: 1000 }, (_, i) => `${URI}/${i}`)],
    ['D02 one of 2,049 characters', [`${URI}/${'a'.repeat(2049)}`]],
    ['D08 one that runs something', [URI, 'JavaScript:alert(1)']],
    ['D09 http', ['http://client.example.com/cb']],
    ['D09 a fragment', [`${URI}#x`]],
  ])('is invalid_redirect_uri with redirect_uris %s', (_, redirect_uris) => {
    expect(refusal(() => parse({ redirect_uris }))).toBe('invalid_redirect_uri')
  })

  it.each(['none', 'client_secret_basic', 'client_secret_post'])('D13 may authenticate by %s', (method) => {
    expect(parse({ token_endpoint_auth_method: method }).tokenEndpointAuthMethod).toBe(method)
  })

  it.each(['client_secret_jwt', 'private_key_jwt', 'tls_client_auth', 'NONE', 5, null, ['none'], {}])(
    'D12 is invalid_client_metadata with token_endpoint_auth_method %j',
    (method) => expect(refusal(() => parse({ token_endpoint_auth_method: method }))).toBe('invalid_client_metadata'),
  )

  it.each([
    [[]],
    [['authorization_code']],
    [['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:jwt-bearer']],
    [['authorization_code', 'implicit', 'password', 'client_credentials', 'urn:ietf:params:oauth:grant-type:token-exchange']],
  ])('D14 of grant_types %j keeps the two that registration gives', (grant_types) => {
    expect(parse({ grant_types }).grantTypes).toEqual(['authorization_code', 'refresh_token'])
  })

  it.each([[['client_credentials']], [['implicit']], ['authorization_code'], [[1]], [{}], [null], [Array(51).fill('authorization_code')]])(
    'D14 is invalid_client_metadata with grant_types %j',
    (grant_types) => expect(refusal(() => parse({ grant_types }))).toBe('invalid_client_metadata'),
  )

  it.each([[['code']], [['code', 'token']], [[]]])('takes response_types %j', (response_types) =>
    expect(refusal(() => parse({ response_types }))).toBe('none'),
  )

  it.each([[['token']], ['code'], [[1]]])('is invalid_client_metadata with response_types %j', (response_types) =>
    expect(refusal(() => parse({ response_types }))).toBe('invalid_client_metadata'),
  )

  it('D15 takes an empty scope for none', () => {
    expect(parse({ scope: '' }).scope).toBeUndefined()
    expect(parse({ scope: '   ' }).scope).toBeUndefined()
    expect(parse({ scope: ' read write ' }).scope).toBe('read write')
  })

  it.each(['read "', 'read\0', 5, ['read'], 'a'.repeat(4097)].map((each) => short<unknown>(each)))(
    'D15 is invalid_client_metadata with scope %j',
    (_, scope) => expect(refusal(() => parse({ scope }))).toBe('invalid_client_metadata'),
  )

  it('D16 D17 keeps nothing it does not know', () => {
    const sent = {
      client_id: 'c_mine',
      client_secret: 'mine',
      id: '1',
      projectId: 'other',
      trusted: true,
      skip_consent: true,
      first_party: true,
      createdAt: 0,
      role: 'owner',
      source: 'manual',
      constructor: { prototype: { polluted: true } },
      ...JSON.parse('{"__proto__":{"trusted":true,"polluted":true}}'),
      ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`x_${i}`, 'x'.repeat(5000)])),
    }
    expect(parse(sent)).toEqual(parse())
    expect({}).not.toHaveProperty('polluted')
  })

  it.each([
    ['a private key', { jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'secret' }] } }],
    ['a private RSA key', { jwks: { keys: [{ kty: 'RSA', n: 'n', e: 'AQAB', p: 'p' }] } }],
    ['a symmetric key', { jwks: { keys: [{ kty: 'oct', k: 'k' }] } }],
    ['both jwks and jwks_uri', { jwks: { keys: [] }, jwks_uri: 'https://client.example.com/jwks' }],
  ])('D18 is invalid_client_metadata with %s', (_, keys) => expect(refusal(() => parse(keys))).toBe('invalid_client_metadata'))

  it.each([
    ['https://client.example.com/about', 'https://client.example.com/about'],
    ['http://client.example.com', null],
    ['javascript:alert(1)', null],
    ['https://user@client.example.com', null],
    [5, null],
  ])('keeps client_uri %j as %j', (client_uri, kept) => expect(parse({ client_uri }).clientUri).toBe(kept))

  it.each(['a', '"', '\\', '%', '\u202e', '\ud83d\ude00'])('Z11 50 KB of %j in every member are refused', (character) => {
    const text = character.repeat(50_000)
    for (const name of ['client_name', 'scope', 'token_endpoint_auth_method']) {
      const cleaned = name === 'client_name' && character === '\u202e'
      expect(refusal(() => parse({ [name]: text }))).toBe(cleaned ? 'none' : 'invalid_client_metadata')
    }
    expect(refusal(() => parse({ client_uri: text, redirect_uris: [text] }))).toBe('invalid_redirect_uri')
  })
})

describe('a client’s name', () => {
  it.each([
    ['Claude', 'Claude'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'], // text: escaped wherever it is shown
    ['  Two   words ', 'Two words'],
    ['right\u202eleft', 'right left'],
    ['zero\u200bwidth', 'zero width'],
    ['line\nbreak\u2028here\u0085too', 'line break here too'],
    ['nul\0here', 'nul here'],
    ['lone\ud800surrogate', 'lone surrogate'],
    ['private\ue000use', 'private use'],
    ['Cafe\u0301', 'Café'],
    ['Bot 🤖', 'Bot 🤖'],
    ['\u200b\u202e', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('D06 %j is shown as %j', (sent, shown) => expect(parseName(sent)).toBe(shown))

  it('D06 has at most 128 characters and is text', () => {
    expect(parseName('a'.repeat(128))).toBe('a'.repeat(128))
    expect(refusal(() => parseName('a'.repeat(129)))).toBe('invalid_client_metadata')
    expect(refusal(() => parseName('a'.repeat(10_000)))).toBe('invalid_client_metadata')
    expect(refusal(() => parseName(5))).toBe('invalid_client_metadata')
  })
})

it('K09 the metadata hash changes with what a user consents to, and with nothing else', () => {
  const base = { name: 'Claude', redirectUris: [URI, 'cursor://x/cb'], clientUri: null }
  expect(metadataHashOf({ ...base, redirectUris: [...base.redirectUris].reverse() })).toBe(metadataHashOf(base))
  const changed = [{ name: 'Claude 2' }, { redirectUris: [URI] }, { clientUri: 'https://client.example.com/' }]
  expect(new Set([base, ...changed.map((change) => ({ ...base, ...change }))].map(metadataHashOf)).size).toBe(4)
})
