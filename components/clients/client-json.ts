import type { ClientDetails } from '#lib/management/clients/get.ts'

/** The client as its registration would be answered (RFC 7591 §3.2.1), without what is secret. */
export function clientJson(client: ClientDetails): string {
  const [, ...others] = client.tokenEndpointAuthMethods
  const metadata = {
    client_id: client.clientId,
    client_id_issued_at: Math.floor(new Date(client.createdAt).getTime() / 1000),
    client_name: client.name,
    client_uri: client.clientUri,
    logo_uri: client.logoUri,
    redirect_uris: client.redirectUris,
    grant_types: client.grantTypes,
    response_types: client.grantTypes.includes('authorization_code') ? ['code'] : [],
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    token_endpoint_auth_methods_supported: others.length > 0 ? client.tokenEndpointAuthMethods : null,
    application_type: client.applicationType,
    scope: client.scope,
    jwks_uri: client.jwksUri,
    jwks: client.jwks,
    dpop_bound_access_tokens: client.dpopBoundAccessTokens || null,
  }
  return JSON.stringify(Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null)), null, 2)
}
