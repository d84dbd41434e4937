import { describe, expect, it } from 'vitest'
import { issuerWith } from './conformance/issuer.ts'
import type { Issuer } from './context.ts'
import { endpoints } from './endpoints.ts'
import { metadataOf } from './metadata.ts'

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

describe('the metadata document', () => {
  it('is this one, member by member', () => {
    expect(metadataOf(issuerWith())).toEqual({
      issuer: 'https://auth.example.com/p/acme',
      authorization_endpoint: 'https://auth.example.com/p/acme/oauth/authorize',
      token_endpoint: 'https://auth.example.com/p/acme/api/oauth/token',
      registration_endpoint: 'https://auth.example.com/p/acme/api/oauth/register',
      revocation_endpoint: 'https://auth.example.com/p/acme/api/oauth/revoke',
      introspection_endpoint: 'https://auth.example.com/p/acme/api/oauth/introspect',
      jwks_uri: 'https://auth.example.com/p/acme/.well-known/jwks.json',
      scopes_supported: ['read', 'write', 'offline_access'],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', EXCHANGE],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
      revocation_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    })
  })

  it('P12 offers S256 and nothing else', () => expect(metadataOf(issuerWith()).code_challenge_methods_supported).toEqual(['S256']))

  it.each<[string, Partial<Issuer>, string]>([
    ['registration', { registrationMode: 'off' }, 'registration_endpoint'],
    ['the iss parameter', { issParameter: false }, 'authorization_response_iss_parameter_supported'],
  ])('does not promise %s where it is off', (_, given, member) => {
    expect(metadataOf(issuerWith())).toHaveProperty(member)
    expect(metadataOf(issuerWith(given))).not.toHaveProperty(member)
  })

  it.each<[Partial<Issuer>, string]>([
    [{ clientCredentials: false }, 'client_credentials'],
    [{ tokenExchange: false }, EXCHANGE],
  ])('with %j does not promise %s', (given, grant) => {
    expect(metadataOf(issuerWith()).grant_types_supported).toContain(grant)
    expect(metadataOf(issuerWith(given)).grant_types_supported).not.toContain(grant)
  })

  it.each(['guarded', 'open'] as const)('promises registration in %s mode', (registrationMode) => {
    expect(metadataOf(issuerWith({ registrationMode }))).toHaveProperty('registration_endpoint')
  })

  it('names the algorithm the project signs with', () => {
    expect(metadataOf(issuerWith({ signingAlgorithm: 'RS256' })).id_token_signing_alg_values_supported).toEqual(['RS256'])
  })

  it('promises no OpenID scope', () => {
    expect(metadataOf(issuerWith()).scopes_supported).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(openid|profile|email)$/)]),
    )
  })

  it('H14 has only URLs below its own issuer, each of an endpoint that exists', () => {
    const issuer = issuerWith({ url: 'https://login.customer.example' })
    const urls = Object.entries(metadataOf(issuer)).filter(([name]) => /_endpoint$|_uri$/.test(name))
    const paths: string[] = Object.values(endpoints).map(({ path }) => path)
    expect(urls.length).toBe(6)
    for (const [, url] of urls) expect(paths).toContain(String(url).replace(issuer.url, ''))
  })

  it.each<Partial<Issuer>>([
    {},
    { registrationMode: 'off', issParameter: false, clientCredentials: false, tokenExchange: false, scopes: [] },
  ])('has no member that is null or empty text: %j', (given) => {
    const text = JSON.stringify(metadataOf(issuerWith(given)))
    expect(text).not.toMatch(/null|""/)
  })
})
