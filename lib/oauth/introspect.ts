import { issuedTokenOf } from './access-token.ts'
import { authenticateClient, bearerToken } from './client-authentication.ts'
import type { AccessTokenClaims, OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { invalidClient, invalidRequest } from './errors.ts'
import { type Parameters, parseFormBody, refuseCredentialsIn } from './parameters.ts'
import { requireServerSecretWith } from './server-secret.ts'

/** RFC 7662 §2.2: one answer for expired, revoked, foreign and unknown, byte for byte. */
const INACTIVE: OAuthResult = { kind: 'json', status: 200, body: { active: false } }

/**
 * RFC 7662, for access tokens. The caller is the project's server (its server secret as bearer: all resources)
 * or a confidential client (its own tokens).
 */
export async function introspect(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  refuseCredentialsIn(request.query)
  const parameters = parseFormBody(request.headers.get('content-type'), request.body)
  const token = parameters.get('token')
  const claims = token ? await ctx.verify(token) : null
  const { callerId, lives } = await (bearerToken(request) === null ? asClient : asServer)(claims, parameters, request, ctx)
  await ctx.limit('introspect', callerId ?? ctx.issuer.projectId)
  if (!token) throw invalidRequest('token is missing')
  if (!claims || !lives) return INACTIVE

  ctx.stream({ action: 'token.introspected', actorKind: callerId ? 'client' : 'backend', clientId: claims.client_id })
  return {
    kind: 'json',
    status: 200,
    body: { active: true, ...claims, nbf: claims.iat, token_type: claims.cnf ? 'DPoP' : ctx.issuer.tokenType },
  }
}

/** `callerId` null: the project's own server. */
type Answer = { readonly callerId: string | null; readonly lives: boolean }
type Asked = (claims: AccessTokenClaims | null, parameters: Parameters, request: OAuthRequest, ctx: OAuthContext) => Promise<Answer>

/** Secret and token in one round trip. */
const asServer: Asked = async (claims, _parameters, request, ctx) => {
  const check = async (hash: string) =>
    claims ? ctx.store.checkSecretAndToken(hash, issuedTokenOf(claims)) : { ...(await ctx.store.checkSecret('server', hash)), lives: false }
  const { lives } = await requireServerSecretWith(check, request, ctx)
  return { callerId: null, lives }
}

/** A confidential client, about tokens of its own. */
const asClient: Asked = async (claims, parameters, request, ctx) => {
  const { clientId, authenticatedBy } = await authenticateClient(parameters, request, ctx)
  if (authenticatedBy === 'none') throw invalidClient({ kind: 'client_secret_missing', clientId }, false)
  return { callerId: clientId, lives: claims?.client_id === clientId && (await ctx.store.tokenLives(issuedTokenOf(claims))) }
}
