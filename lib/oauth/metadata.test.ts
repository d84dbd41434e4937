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
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      revocation_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      revocation_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      introspection_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
      ui_locales_supported: ['en', 'de', 'fr', 'es', 'ja', 'pt-BR'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    })
  })

  it('P12 offers S256 and nothing else', () => expect(metadataOf(issuerWith()).code_challenge_methods_supported).toEqual(['S256']))

  it.each<[string, Partial<Issuer>, string]>([
    ['registration', { registrationMode: 'off' }, 'registration_endpoint'],
    ['client ID metadata documents', { documentPolicy: 'deny' }, 'client_id_metadata_document_supported'],
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

  it.each<[string, Partial<Issuer>, Record<string, unknown>]>([
    [
      'pushed requests',
      { pushedRequests: true },
      {
        pushed_authorization_request_endpoint: 'https://auth.example.com/p/acme/api/oauth/par',
        require_pushed_authorization_requests: false,
      },
    ],
    ['DPoP', { dpop: 'on' }, { dpop_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'] }],
    ['DPoP', { dpop: 'nonce' }, { dpop_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'] }],
  ])('promises %s only with %j', (_, given, members) => {
    expect(metadataOf(issuerWith(given))).toMatchObject(members)
    for (const member of Object.keys(members)) expect(metadataOf(issuerWith())).not.toHaveProperty(member)
  })

  it.each<[Partial<Issuer>, readonly string[] | undefined]>([
    [{ enterpriseAuthorization: true }, ['urn:ietf:params:oauth:grant-profile:id-jag']],
    [{ workloadIdentity: true }, undefined],
  ])('with %j promises assertions, and the profile of ID-JAGs only with them', (given, profiles) => {
    const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
    const on = metadataOf(issuerWith(given))
    expect(on.grant_types_supported).toContain(grant)
    expect(on.authorization_grant_profiles_supported).toEqual(profiles)
    expect(metadataOf(issuerWith()).grant_types_supported).not.toContain(grant)
    expect(metadataOf(issuerWith())).not.toHaveProperty('authorization_grant_profiles_supported')
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

  it('promises OpenID Connect where it is on, and RS256 first whatever signs access tokens', () => {
    const on = metadataOf(issuerWith({ openidConnect: true }))
    expect(on.userinfo_endpoint).toBe('https://auth.example.com/p/acme/api/oauth/userinfo')
    expect(on.scopes_supported).toEqual(['read', 'write', 'openid', 'profile', 'email', 'offline_access'])
    expect(on.id_token_signing_alg_values_supported).toEqual(['RS256', 'ES256'])
    expect(on.claims_supported).toEqual(expect.arrayContaining(['sub', 'email', 'email_verified', 'name', 'nonce', 'at_hash']))
    expect(metadataOf(issuerWith({ openidConnect: true, signingAlgorithm: 'RS256' })).id_token_signing_alg_values_supported).toEqual([
      'RS256',
    ])
    expect(metadataOf(issuerWith())).not.toHaveProperty('userinfo_endpoint')
    expect(metadataOf(issuerWith())).not.toHaveProperty('claims_supported')
  })

  it('promises the device grant where it is on', () => {
    const grant = 'urn:ietf:params:oauth:grant-type:device_code'
    const on = metadataOf(issuerWith({ deviceGrant: true }))
    expect(on.device_authorization_endpoint).toBe('https://auth.example.com/p/acme/api/oauth/device_authorization')
    expect(on.grant_types_supported).toContain(grant)
    expect(metadataOf(issuerWith()).grant_types_supported).not.toContain(grant)
    expect(metadataOf(issuerWith())).not.toHaveProperty('device_authorization_endpoint')
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
