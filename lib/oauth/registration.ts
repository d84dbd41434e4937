import { secondsOf } from './access-token.ts'
import { type ClientMetadata, parseClientMetadata } from './client-metadata.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { OAuthError } from './errors.ts'
import type { OAuthEvent } from './events.ts'
import { sha256Hex } from './hash.ts'
import { type JsonProblem, parseJsonObject } from './json-body.ts'
import { CLIENT_SECRET_PREFIX, randomToken } from './opaque-token.ts'
import { redirectDisplay } from './redirect-uri.ts'
import { parseScope, projectScopes } from './scope.ts'

/** RFC 7592 §3: where a registration is read, replaced and deleted. */
export const REGISTRATION_PATH = '/api/oauth/register/'

const PROBLEMS: Record<JsonProblem, string> = {
  media_type: 'Content-Type must be application/json',
  syntax: 'The body is not valid JSON in UTF-8',
  duplicate_member: 'The body has a member twice',
  not_an_object: 'The body must be a JSON object',
  too_deep: 'The body is nested too deeply',
}

/** Throws `invalid_client_metadata`. */
export function bodyOf(request: OAuthRequest): Record<string, unknown> {
  const sent = parseJsonObject(request.headers.get('content-type'), request.body)
  if (typeof sent === 'string') throw refusedMetadata(PROBLEMS[sent])
  return sent
}

/** By the rules of this project and installation. Throws as `parseClientMetadata`. */
export const registeredMetadata = (sent: Record<string, unknown>, { issuer, world }: OAuthContext): ClientMetadata =>
  parseClientMetadata(sent, { privateUseSchemes: issuer.privateUseSchemes, mayFetch: (url) => world.mayFetch(url) })

/** RFC 7591 §3.2.2. `description` is for the developer and never echoes input. */
export const refusedMetadata = (description: string): OAuthError =>
  new OAuthError('invalid_client_metadata', description, { kind: 'metadata_refused' })

/** What a client did to its own registration, for the audit log. */
export const registrationEvent = (
  action: 'client.registered' | 'client.updated' | 'client.deleted',
  clientId: string,
  detail: OAuthEvent['detail'] & object,
): OAuthEvent => ({ action, step: 'register', actorKind: 'client', actorId: clientId, clientId, detail })

/** What of its metadata stands there. */
export const recordedOf = ({ name, tokenEndpointAuthMethod, redirectUris }: Omit<ClientMetadata, 'scope'>) => ({
  name,
  method: tokenEndpointAuthMethod,
  redirect_hosts: [...new Set(redirectUris.map(redirectDisplay))],
})

/** Registration is off: the endpoint does not exist. */
export const NO_REGISTRATION: OAuthResult = { kind: 'json', status: 404, body: { error: 'not_found' } }

/** Whether a client that authenticates so has a secret of ours. */
export const needsSecret = ({ tokenEndpointAuthMethod: method }: Pick<ClientMetadata, 'tokenEndpointAuthMethod'>): boolean =>
  method === 'client_secret_basic' || method === 'client_secret_post'

/** The text is said once, the rest is kept. */
export function newClientSecret(): { secret: string; secretHash: string; secretLastFour: string } {
  const secret = `${CLIENT_SECRET_PREFIX}${randomToken()}`
  return { secret, secretHash: sha256Hex(secret), secretLastFour: secret.slice(-4) }
}

export type Registration = {
  readonly clientId: string
  readonly createdAt: Date
  /** Null where the client has none, or has heard it before. */
  readonly secret: string | null
  readonly accessToken: string
  /** What it asked for; undefined: nothing, or nobody remembers. */
  readonly scope: string | undefined
}

type Kept = Omit<ClientMetadata, 'scope' | 'tokenEndpointAuthMethods'>

/** RFC 7591 §3.2.1, RFC 7592 §3: what is in force, not what was asked; no member null or empty, which clients refuse. */
export function registrationResponse(
  { clientId, createdAt, secret, accessToken, scope }: Registration,
  kept: Kept,
  { issuer }: OAuthContext,
) {
  const supported = projectScopes(issuer)
  const asked = parseScope(scope).filter((each) => supported.includes(each))
  return {
    client_id: clientId,
    client_id_issued_at: secondsOf(createdAt),
    ...(secret ? { client_secret: secret, client_secret_expires_at: 0 } : {}),
    registration_access_token: accessToken,
    registration_client_uri: `${issuer.url}${REGISTRATION_PATH}${clientId}`,
    client_name: kept.name,
    ...(kept.clientUri ? { client_uri: kept.clientUri } : {}),
    ...(kept.logoUri ? { logo_uri: kept.logoUri } : {}),
    redirect_uris: kept.redirectUris,
    grant_types: kept.grantTypes,
    response_types: ['code'],
    token_endpoint_auth_method: kept.tokenEndpointAuthMethod,
    ...(kept.jwks ? { jwks: kept.jwks } : {}),
    ...(kept.jwksUri ? { jwks_uri: kept.jwksUri } : {}),
    ...(kept.dpopBoundAccessTokens ? { dpop_bound_access_tokens: true } : {}),
    application_type: kept.applicationType,
    // Copilot Studio asks at authorize for exactly this: without it, for nothing.
    scope: (asked.length > 0 ? asked : supported).join(' '),
  }
}
