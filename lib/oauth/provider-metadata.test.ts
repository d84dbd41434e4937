import { describe, expect, it } from 'vitest'
import { discoveryUrl, parseProviderMetadata } from './provider-metadata.ts'

const ISSUER = 'https://login.example.com/tenant'
const DOCUMENT = {
  issuer: ISSUER,
  authorization_endpoint: 'https://login.example.com/authorize',
  token_endpoint: 'https://login.example.com/token',
  jwks_uri: 'https://login.example.com/keys',
  response_types_supported: ['code', 'id_token'],
  id_token_signing_alg_values_supported: ['RS256', 'HS256'],
}
const parse = (changes: object = {}, body?: string) =>
  parseProviderMetadata(Buffer.from(body ?? JSON.stringify({ ...DOCUMENT, ...changes })), ISSUER, (url) => url.startsWith('https://'))

describe('a discovery document', () => {
  it('is read as what signing in needs of it', () => {
    expect(parse()).toEqual({
      issuer: ISSUER,
      authorizationEndpoint: DOCUMENT.authorization_endpoint,
      tokenEndpoint: DOCUMENT.token_endpoint,
      jwksUri: DOCUMENT.jwks_uri,
      userinfoEndpoint: null,
      issParameter: false,
      secretIn: 'header',
    })
    expect(
      parse({ userinfo_endpoint: 'https://login.example.com/me', authorization_response_iss_parameter_supported: true }),
    ).toMatchObject({
      userinfoEndpoint: 'https://login.example.com/me',
      issParameter: true,
    })
  })

  it.each([
    [undefined, 'header'],
    [['client_secret_basic'], 'header'],
    [['client_secret_post', 'client_secret_basic'], 'form'],
    [['private_key_jwt', 'client_secret_post'], 'form'],
  ])('with the methods %j wants our secret in the %s', (token_endpoint_auth_methods_supported, secretIn) =>
    expect(parse({ token_endpoint_auth_methods_supported })).toMatchObject({ secretIn }),
  )

  it.each([
    ['issuer', { issuer: `${ISSUER}/` }],
    ['issuer', { issuer: 'https://evil.example' }],
    ['issuer', { issuer: undefined }],
    ['authorization_endpoint', { authorization_endpoint: 'javascript:alert(1)' }],
    ['authorization_endpoint', { authorization_endpoint: 'http://login.example.com/authorize' }],
    ['token_endpoint', { token_endpoint: 'http://169.254.169.254/token' }],
    ['token_endpoint', { token_endpoint: undefined }],
    ['jwks_uri', { jwks_uri: 7 }],
    ['response_types_supported', { response_types_supported: ['id_token'] }],
    ['response_types_supported', { response_types_supported: undefined }],
    ['id_token_signing_alg_values_supported', { id_token_signing_alg_values_supported: ['HS256', 'none'] }],
    ['token_endpoint_auth_methods_supported', { token_endpoint_auth_methods_supported: ['private_key_jwt'] }],
  ])('is refused for its %s when it says %j', (flaw, changes) => expect(parse(changes)).toBe(flaw))

  it.each(['', '[]', 'null', '{"issuer":1,"issuer":2}', '<html>'])('is none when it is %j', (body) =>
    expect(parse({}, body)).toBe('document'),
  )

  it.each([
    ['https://login.example.com', 'https://login.example.com/.well-known/openid-configuration'],
    ['https://login.example.com/', 'https://login.example.com/.well-known/openid-configuration'],
    ['https://login.example.com/a', 'https://login.example.com/a/.well-known/openid-configuration'],
  ])('of %s is at %s', (issuer, url) => expect(discoveryUrl(issuer)).toBe(url))
})
