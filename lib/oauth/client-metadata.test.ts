import { describe, expect, it } from 'vitest'
import { isFetchable } from '#lib/outbound/target.ts'
import { type MetadataRules, metadataHashOf, parseClientMetadata, parseDocumentMetadata, parseName } from './client-metadata.ts'
import { short } from './conformance/short.ts'
import { OAuthError } from './errors.ts'

const URI = 'https://client.example.com/cb'
const RULES: MetadataRules = { privateUseSchemes: true, mayFetch: (url) => url.startsWith('https://') }
const parse = (more: Record<string, unknown> = {}, rules = RULES) => parseClientMetadata({ redirect_uris: [URI], ...more }, rules)
const parseDocument = (more: Record<string, unknown> = {}) => parseDocumentMetadata({ redirect_uris: [URI], ...more }, RULES)
const KEY = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
const JWKS = { keys: [{ ...KEY, kid: 'one' }] }
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
      tokenEndpointAuthMethods: ['client_secret_basic'],
      jwks: null,
      jwksUri: null,
      dpopBoundAccessTokens: false,
      grantTypes: ['authorization_code', 'refresh_token'],
      applicationType: 'web',
      clientUri: null,
      logoUri: null,
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

  it.each(['client_secret_jwt', 'tls_client_auth', 'NONE', 5, null, ['none'], {}])(
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

  describe('private_key_jwt', () => {
    const keyed = (more: Record<string, unknown>) => parse({ token_endpoint_auth_method: 'private_key_jwt', ...more })

    it('comes with public keys, of which the public members are kept, or with where they are', () => {
      expect(keyed({ jwks: { keys: [{ ...KEY, kid: 'one', x5c: ['x'], comment: 'mine' }] } })).toMatchObject({ jwks: JWKS, jwksUri: null })
      const jwks_uri = 'https://client.example.com/jwks.json'
      expect(keyed({ jwks_uri })).toMatchObject({ tokenEndpointAuthMethod: 'private_key_jwt', jwks: null, jwksUri: jwks_uri })
      expect(keyed({ jwks_uri, jwks: null })).toMatchObject({ jwksUri: jwks_uri })
    })

    it.each([
      ['nothing', {}],
      ['null', { jwks: null, jwks_uri: null }],
      ['both', { jwks: JWKS, jwks_uri: 'https://client.example.com/jwks' }],
      ['a URL that would never be fetched', { jwks_uri: 'http://169.254.169.254/' }],
      ['a URL that is no text', { jwks_uri: ['https://client.example.com/jwks'] }],
      ['no keys', { jwks: { keys: [] } }],
    ])('D18 is invalid_client_metadata with %s', (_, keys) => expect(refusal(() => keyed(keys))).toBe('invalid_client_metadata'))

    it.each([
      ['a private key', { jwks: { keys: [{ ...KEY, d: 'secret' }] } }],
      ['a symmetric key', { jwks: { keys: [{ kty: 'oct', k: 'k' }] } }],
    ])('D18 %s is refused also from a client that would not use it', (_, keys) =>
      expect(refusal(() => parse(keys))).toBe('invalid_client_metadata'),
    )

    it('keeps no keys of a client that does not authenticate by them', () => {
      expect(parse({ jwks: JWKS })).toMatchObject({ jwks: null, jwksUri: null })
    })
  })

  describe('several methods', () => {
    const several = (...methods: string[]) => ({ token_endpoint_auth_methods_supported: methods, jwks: JWKS })

    it.each<[string[], string | undefined, string]>([
      [['tls_client_auth', 'private_key_jwt', 'none'], undefined, 'private_key_jwt'],
      [['none', 'private_key_jwt'], 'client_secret_jwt', 'none'],
      [['none', 'private_key_jwt'], 'private_key_jwt', 'private_key_jwt'],
      [['tls_client_auth'], undefined, 'client_secret_basic'],
    ])('X-03 a registration that offers %j and asks for %s gets %s alone', (offered, token_endpoint_auth_method, method) => {
      const sent = { ...several(...offered), ...(token_endpoint_auth_method ? { token_endpoint_auth_method } : {}) }
      expect(parse(sent)).toMatchObject({ tokenEndpointAuthMethod: method, tokenEndpointAuthMethods: [method] })
    })

    it.each<[string[], string[]]>([
      [
        ['none', 'private_key_jwt'],
        ['none', 'private_key_jwt'],
      ],
      [
        ['tls_client_auth', 'private_key_jwt', 'client_secret_basic', 'none'],
        ['private_key_jwt', 'none'],
      ],
    ])('X-03 a document that offers %j has %j', (offered, methods) => {
      const parsed = parseDocument({ ...several(...offered), token_endpoint_auth_method: 'private_key_jwt' })
      expect(parsed).toMatchObject({ tokenEndpointAuthMethod: methods[0], tokenEndpointAuthMethods: methods })
    })

    it('is no list of what is no text', () =>
      expect(refusal(() => parse({ token_endpoint_auth_methods_supported: [1] }))).toBe('invalid_client_metadata'))
  })

  describe('a document', () => {
    it('that names no method has none', () => expect(parseDocument().tokenEndpointAuthMethods).toEqual(['none']))

    it.each([
      ['a secret', { client_secret: 'mine' }],
      ['when it expires', { client_secret_expires_at: 0 }],
      ['Basic', { token_endpoint_auth_method: 'client_secret_basic' }],
      ['only methods with a secret', { token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'] }],
      ['a method nobody supports', { token_endpoint_auth_method: 'client_secret_jwt' }],
      ['keys that are needed and not there', { token_endpoint_auth_method: 'private_key_jwt' }],
    ])('is invalid with %s', (_, more) => expect(refusal(() => parseDocument(more))).toBe('invalid_client_metadata'))
  })

  it.each([true, false])('takes dpop_bound_access_tokens %j', (bound) =>
    expect(parse({ dpop_bound_access_tokens: bound }).dpopBoundAccessTokens).toBe(bound),
  )
  it.each(['true', 1, null])('is invalid_client_metadata with dpop_bound_access_tokens %j', (bound) =>
    expect(refusal(() => parse({ dpop_bound_access_tokens: bound }))).toBe('invalid_client_metadata'),
  )

  it.each([
    ['cursor://anysphere.cursor-mcp/oauth/callback', 'invalid_redirect_uri'],
    ['com.acme.app:/cb', 'invalid_redirect_uri'],
    ['http://localhost/cb', 'none'],
    [URI, 'none'],
  ])('C9 where private-use schemes are off, of %s says %s', (uri, outcome) => {
    expect(refusal(() => parse({ redirect_uris: [uri] }, { ...RULES, privateUseSchemes: false }))).toBe(outcome)
  })

  it.each([
    ['https://client.example.com/about', 'https://client.example.com/about'],
    ['http://client.example.com', null],
    ['javascript:alert(1)', null],
    ['https://user@client.example.com', null],
    [5, null],
  ])('keeps client_uri %j as %j', (client_uri, kept) => expect(parse({ client_uri }).clientUri).toBe(kept))

  it.each([
    ['https://client.example.com/logo.png', 'https://client.example.com/logo.png'],
    ['https://client.example.com/logo.png?v=2', 'https://client.example.com/logo.png?v=2'],
    ['http://client.example.com/logo.png', null],
    ['https://10.0.0.1/logo.png', null],
    ['https://localhost/logo.png', null],
    ['https://user@client.example.com/logo.png', null],
    ['https://client.example.com/logo.png#a', null],
    ['data:image/png;base64,AAAA', null],
    ['javascript:alert(1)', null],
    ['', null],
    [null, null],
    [5, null],
  ])('keeps logo_uri %j as %j', (logo_uri, kept) => {
    const mayFetch = (url: string) => isFetchable(url, { developmentLoopback: false })
    expect(parse({ logo_uri }, { ...RULES, mayFetch }).logoUri).toBe(kept)
  })

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

it('K09 M08 the metadata hash changes with what a user consents to and with the keys, and with nothing else', () => {
  const base = { name: 'Claude', redirectUris: [URI, 'cursor://x/cb'], clientUri: null, logoUri: null, jwks: null, jwksUri: null }
  expect(metadataHashOf({ ...base, redirectUris: [...base.redirectUris].reverse() })).toBe(metadataHashOf(base))
  const changed = [
    ...[{ name: 'Claude 2' }, { redirectUris: [URI] }, { clientUri: 'https://client.example.com/' }],
    ...[{ jwks: JWKS }, { jwksUri: 'https://client.example.com/jwks' }, { logoUri: 'https://client.example.com/logo.png' }],
    { jwks: JWKS, logoUri: 'https://client.example.com/logo.png' },
  ]
  expect(new Set([base, ...changed.map((change) => ({ ...base, ...change }))].map(metadataHashOf)).size).toBe(8)
})

it('the metadata hash of a client without keys and logo is what it was before there were any', () => {
  const client = { name: 'Claude', redirectUris: ['https://claude.ai/api/mcp/auth_callback'], clientUri: null }
  expect(metadataHashOf({ ...client, logoUri: null, jwks: null, jwksUri: null })).toBe(
    'b428c1c57ccbcdfa82e02084422e6d5de16bb3f373b0391d2c6f432435209bbb',
  )
})
