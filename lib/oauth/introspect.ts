import { authenticateClient, bearerToken } from './client-authentication.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { invalidClient, invalidRequest } from './errors.ts'
import { requireServerSecret } from './exchange.ts'
import { type Parameters, parseFormBody, refuseCredentialsIn } from './parameters.ts'

/** RFC 7662 §2.2: one answer for expired, revoked, foreign and unknown, byte for byte. */
const INACTIVE: OAuthResult = { kind: 'json', status: 200, body: { active: false } }

/**
 * RFC 7662, for access tokens. The caller is the project's server (its server secret as bearer: all resources)
 * or a confidential client (its own tokens).
 */
export async function introspect(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  refuseCredentialsIn(request.query)
  const parameters = parseFormBody(request.headers.get('content-type'), request.body)
  const callerId = await authenticateCaller(parameters, request, ctx)
  await ctx.limit('introspect', callerId ?? ctx.issuer.projectId)
  const token = parameters.get('token')
  if (!token) throw invalidRequest('token is missing')

  const claims = await ctx.verify(token)
  if (!claims || (callerId !== null && claims.client_id !== callerId)) return INACTIVE
  const lives = await ctx.store.tokenLives({
    jti: claims.jti,
    grantId: claims.grant_id ?? null,
    clientId: claims.client_id,
    userId: claims.sub === claims.client_id ? null : claims.sub,
    issuedAt: new Date(claims.iat * 1000),
    expiresAt: new Date(claims.exp * 1000),
  })
  if (!lives) return INACTIVE
  ctx.stream({ action: 'token.introspected', actorKind: callerId ? 'client' : 'backend', clientId: claims.client_id })
  return { kind: 'json', status: 200, body: { active: true, ...claims, nbf: claims.iat, token_type: 'bearer' } }
}

/** The id of a client; null for the project's own server. Throws `invalid_client` (401) for everybody else, public clients included. */
async function authenticateCaller(parameters: Parameters, request: OAuthRequest, ctx: OAuthContext): Promise<string | null> {
  if (bearerToken(request) !== null) {
    await requireServerSecret(request, ctx)
    return null
  }
  const client = await authenticateClient(parameters, request, ctx)
  if (client.tokenEndpointAuthMethod === 'none') throw invalidClient({ kind: 'client_secret_missing', clientId: client.clientId }, false)
  return client.clientId
}
