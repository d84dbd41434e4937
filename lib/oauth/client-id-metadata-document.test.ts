import { describe, expect, it } from 'vitest'
import { documentHashOf, isDocumentUrl, parseClientDocument } from './client-id-metadata-document.ts'
import type { MetadataRules } from './client-metadata.ts'
import { OAuthError } from './errors.ts'
import { pinnedDocument, pinnedUrls } from './pinned-documents.ts'

const URL_THERE = 'https://app.example.com/oauth/client.json'
const rules: MetadataRules = { privateUseSchemes: true, mayFetch: (url) => url.startsWith('https://') }
const DOCUMENT = { client_id: URL_THERE, client_name: 'App', redirect_uris: ['https://app.example.com/cb', 'http://localhost/cb'] }
const KEY = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), kid: 'a' }

const parse = (body: unknown, url = URL_THERE) =>
  parseClientDocument(new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)), url, rules)
const refusalOf = (body: unknown): string => {
  try {
    parse(body)
    return 'none'
  } catch (error) {
    return error instanceof OAuthError ? error.code : String(error)
  }
}

describe('the URL of a document', () => {
  const production = { developmentLoopback: false }
  const development = { developmentLoopback: true }

  it.each([
    URL_THERE,
    'https://claude.ai/oauth/mcp-oauth-client-metadata',
    'https://a.b/c',
    'https://a.example/~x/.well-known/y',
    'https://a.example/c%20d',
    'https://a.example//c',
    'https://a.example/...',
    ...pinnedUrls,
  ])('%s is one', (url) => expect(isDocumentUrl(url, production)).toBe(true))

  it.each([
    ...[
      'http://app.example.com/c',
      'https://app.example.com',
      'https://app.example.com/',
      'https://app.example.com/c#',
      'https://app.example.com/c#a',
    ],
    ...['https://app.example.com/c?', 'https://app.example.com/c?n=1', 'https://u@app.example.com/c', 'https://u:p@app.example.com/c'],
    ...['https://app.example.com/./c', 'https://app.example.com/../c', 'https://app.example.com/c/..', 'https://app.example.com/c/.'],
    ...[
      'https://app.example.com/%2e%2e/c',
      'https://app.example.com/%2E/c',
      'https://app.example.com/.%2e/c',
      'https://app.example.com/c/%2e',
    ],
    ...['https://app.example.com\\c', 'https:\\\\app.example.com/c', 'https:/app.example.com/c', 'https:///app.example.com/c'],
    ...[
      'https://app.example.com/a b',
      'https://app.example.com/a\tb',
      'https://app.example.com/a\n',
      ' https://app.example.com/c',
      'https://app.example.com/ä',
    ],
    ...[
      'https://APP.example.com/c',
      'HTTPS://app.example.com/c',
      'https://app.example.com:443/c',
      'https://app.example.com:8443/c',
      'https://app.example.com:/c',
    ],
    ...['https://127.1/c', 'https://0x7f.1/c', 'https://2130706433/c', 'https://[::1]/c', `https://app.example.com/${'a'.repeat(2048)}`],
    ...['c_123', '', 'urn:a:b', 'http://localhost:3000/c'],
  ])('CI01 %j is none', (url) => expect(isDocumentUrl(url, production)).toBe(false))

  it.each(['http://localhost:3000/c', 'http://127.0.0.1:3000/c', 'http://localhost/c'])('%s is one in development only', (url) => {
    expect(isDocumentUrl(url, development)).toBe(true)
    expect(isDocumentUrl(url, production)).toBe(false)
  })
  it.each([
    'http://app.example.com/c',
    'http://localhost.example.com/c',
    'http://10.0.0.1/c',
    'http://localhost:99999/c',
    'http://localhost:3000/',
    'http://localhost:3000/c?n=1',
    'http://a@localhost:3000/c',
  ])('%s is none in development either', (url) => expect(isDocumentUrl(url, development)).toBe(false))
})

describe('a client ID metadata document', () => {
  it('says who the client is', () =>
    expect(parse({ ...DOCUMENT, contacts: ['a@example.com'], logo_uri: 'https://10.0.0.1/x.png' })).toMatchObject({
      name: 'App',
      redirectUris: DOCUMENT.redirect_uris,
      tokenEndpointAuthMethod: 'none',
      tokenEndpointAuthMethods: ['none'],
      applicationType: 'native',
      jwks: null,
      jwksUri: null,
    }))

  it.each([
    `${URL_THERE}/`,
    `${URL_THERE}?`,
    URL_THERE.toUpperCase(),
    URL_THERE.replace('https', 'http'),
    '',
    undefined,
    null,
    7,
    [URL_THERE],
  ])('with client_id %j is somebody else', (client_id) => expect(refusalOf({ ...DOCUMENT, client_id })).toBe('invalid_client_metadata'))
  it.each([undefined, null, '', ' ', '\u200b', 7])('with client_name %j has no name', (client_name) =>
    expect(refusalOf({ ...DOCUMENT, client_name })).toBe('invalid_client_metadata'),
  )
  it.each([
    undefined,
    null,
    [],
    'https://app.example.com/cb',
    ['http://app.example.com/cb'],
    ['javascript:alert(1)'],
    ['https://*.example.com/cb'],
  ])('with redirect_uris %j may not be redirected to', (redirect_uris) =>
    expect(refusalOf({ ...DOCUMENT, redirect_uris })).toBe('invalid_redirect_uri'),
  )
  it.each([
    { client_secret: 's' },
    { client_secret: '' },
    { client_secret_expires_at: 0 },
    { token_endpoint_auth_method: 'client_secret_basic' },
    { token_endpoint_auth_method: 'client_secret_post' },
    { token_endpoint_auth_method: 'client_secret_jwt' },
    { token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'] },
    { token_endpoint_auth_method: 'private_key_jwt' },
    { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ ...KEY, d: 'x' }] } },
    { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'http://app.example.com/jwks.json' },
    { token_endpoint_auth_method: 'tls_client_auth' },
    { jwks: { keys: [KEY] }, jwks_uri: 'https://app.example.com/jwks.json' },
  ])('with %j is refused', (fields) => expect(refusalOf({ ...DOCUMENT, ...fields })).toBe('invalid_client_metadata'))

  it('offers methods, of which ours are taken', () => {
    const jwks_uri = 'https://chatgpt.com/oauth/jwks.json'
    expect(
      parse({ ...DOCUMENT, jwks_uri, token_endpoint_auth_methods_supported: ['none', 'private_key_jwt', 'tls_client_auth'] }),
    ).toMatchObject({
      tokenEndpointAuthMethods: ['none', 'private_key_jwt'],
      jwksUri: jwks_uri,
    })
    expect(parse({ ...DOCUMENT, jwks: { keys: [KEY] }, token_endpoint_auth_method: 'private_key_jwt' })).toMatchObject({
      tokenEndpointAuthMethods: ['private_key_jwt'],
      jwks: { keys: [KEY] },
    })
  })

  it.each([
    ['a list', [DOCUMENT]],
    ['a text', '"app"'],
    ['null', 'null'],
    ['nothing', ''],
    ['a byte order mark', `\ufeff${JSON.stringify(DOCUMENT)}`],
    ['a member twice', `${JSON.stringify(DOCUMENT).slice(0, -1)},"client_id":"${URL_THERE}"}`],
    ['a depth of 10,000', `${JSON.stringify(DOCUMENT).slice(0, -1)},"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
  ])('CI20 is not %s', (_, body) => expect(refusalOf(body)).toBe('invalid_client_metadata'))
  it('CI20 is not read from its prototype', () => {
    const { client_id, ...rest } = DOCUMENT
    expect(refusalOf(`{"__proto__":{"client_id":"${client_id}"},${JSON.stringify(rest).slice(1)}`)).toBe('invalid_client_metadata')
  })

  it('has another hash when anything that is kept of it changes, and no other for what is not', () => {
    const changes = [
      {},
      { client_name: 'Other' },
      { redirect_uris: ['https://app.example.com/cb2'] },
      { client_uri: 'https://app.example.com/about' },
      { logo_uri: 'https://app.example.com/logo.png' },
      { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [KEY] } },
      { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ ...KEY, kid: 'b' }] } },
      { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://app.example.com/jwks.json' },
      { token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'], jwks_uri: 'https://app.example.com/jwks.json' },
      { dpop_bound_access_tokens: true },
    ]
    const hashes = changes.map((change) => documentHashOf(parse({ ...DOCUMENT, ...change })))
    expect(new Set(hashes).size).toBe(changes.length)
    expect(documentHashOf(parse({ ...DOCUMENT, contacts: ['a@example.com'] }))).toBe(hashes[0])
    expect(documentHashOf(parse({ ...DOCUMENT, redirect_uris: [...DOCUMENT.redirect_uris].reverse() }))).toBe(hashes[0])
  })
})

describe('the documents that come with this version', () => {
  it.each(pinnedUrls)('%s is one by our own rules', (url) => {
    expect(isDocumentUrl(url, { developmentLoopback: false })).toBe(true)
    expect(pinnedDocument(url, rules)?.redirectUris.length).toBeGreaterThan(0)
  })
  it.each(['https://claude.ai/oauth/other', 'toString', '__proto__', ''])('there is none for %j', (url) =>
    expect(pinnedDocument(url, rules)).toBeNull(),
  )
  it('lets ChatGPT come with or without its key', () =>
    expect(pinnedDocument('https://chatgpt.com/oauth/client.json', rules)).toMatchObject({
      tokenEndpointAuthMethods: ['none', 'private_key_jwt'],
      jwksUri: 'https://chatgpt.com/oauth/jwks.json',
    }))
})
