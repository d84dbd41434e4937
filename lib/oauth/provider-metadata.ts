import { jsonObjectOf } from './json-body.ts'
import { ASSERTION_ALGORITHMS } from './signed-jwt.ts'

/** What an identity provider that our users come from says of itself, as far as signing in with it needs it. */
export type ProviderMetadata = {
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly jwksUri: string
  readonly userinfoEndpoint: string | null
  /** RFC 9207 §3: its answers name it. */
  readonly issParameter: boolean
  /** How it takes our secret: in the form, or as HTTP Basic. */
  readonly secretIn: 'form' | 'header'
}

/** What is wrong with a discovery document: a member of it, or that it is none. */
export type ProviderFlaw =
  | 'document'
  | 'issuer'
  | 'authorization_endpoint'
  | 'token_endpoint'
  | 'jwks_uri'
  | 'response_types_supported'
  | 'id_token_signing_alg_values_supported'
  | 'token_endpoint_auth_methods_supported'

/**
 * Where a provider sends people back to, below one of our issuers: one for each provider, so that the answer of one is never taken for
 * another's (RFC 9700 §4.4.2.2).
 */
export const callbackUrl = (issuerUrl: string, providerId: string): string => `${issuerUrl}/oauth/callback/${providerId}`

/** OpenID Connect Discovery §4.1. */
export const discoveryUrl = (issuer: string): string => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

/**
 * OpenID Connect Discovery §3, §4.3. `issuer` must be said byte for byte: a document that speaks for somebody else is how one
 * provider takes another's place. `mayFetch`: whether a URL leads to the public internet.
 */
export function parseProviderMetadata(
  body: Uint8Array,
  issuer: string,
  mayFetch: (url: string) => boolean,
): ProviderMetadata | ProviderFlaw {
  const said = jsonObjectOf(body)
  if (typeof said === 'string') return 'document'
  if (said.issuer !== issuer) return 'issuer'
  const urlOf = (value: unknown): string | null => (typeof value === 'string' && mayFetch(value) ? value : null)
  const authorizationEndpoint = urlOf(said.authorization_endpoint)
  const tokenEndpoint = urlOf(said.token_endpoint)
  const jwksUri = urlOf(said.jwks_uri)
  const secretIn = secretPlaceOf(said.token_endpoint_auth_methods_supported)
  if (authorizationEndpoint === null) return 'authorization_endpoint'
  if (tokenEndpoint === null) return 'token_endpoint'
  if (jwksUri === null) return 'jwks_uri'
  if (!includesAny(said.response_types_supported, ['code'])) return 'response_types_supported'
  if (!includesAny(said.id_token_signing_alg_values_supported, ASSERTION_ALGORITHMS)) return 'id_token_signing_alg_values_supported'
  if (secretIn === null) return 'token_endpoint_auth_methods_supported'
  return {
    ...{ issuer, authorizationEndpoint, tokenEndpoint, jwksUri, secretIn },
    userinfoEndpoint: urlOf(said.userinfo_endpoint),
    issParameter: said.authorization_response_iss_parameter_supported === true,
  }
}

/** The form where both are taken: providers disagree about how a secret is encoded in the header (RFC 6749 §2.3.1). Basic by default. */
function secretPlaceOf(methods: unknown): ProviderMetadata['secretIn'] | null {
  if (methods === undefined) return 'header'
  if (includesAny(methods, ['client_secret_post'])) return 'form'
  return includesAny(methods, ['client_secret_basic']) ? 'header' : null
}

const includesAny = (list: unknown, wanted: readonly string[]): boolean => Array.isArray(list) && wanted.some((each) => list.includes(each))
