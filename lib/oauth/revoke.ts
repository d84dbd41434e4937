import { authenticateClientWith } from './client-authentication.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { invalidRequest } from './errors.ts'
import { sha256Hex } from './hash.ts'
import { NO_FAMILY, parseRefreshToken } from './opaque-token.ts'
import { parseFormBody, refuseCredentialsIn } from './parameters.ts'
import type { AuthenticatedClient, RefreshFamily } from './store.ts'

/**
 * RFC 7009. 200 whatever came of it, `{}` because some clients parse the body.
 * A refresh token takes its whole grant along (§2.1), an access token only itself. The hint is not needed: the forms differ.
 */
export async function revoke(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  refuseCredentialsIn(request.query)
  const parameters = parseFormBody(request.headers.get('content-type'), request.body)
  const token = parameters.get('token')
  const refresh = parseRefreshToken(token ?? '', ctx.pepper)
  const find = (clientId: string) => ctx.store.findClientAndFamily(clientId, refresh?.familyId ?? NO_FAMILY)
  const { client, found } = await authenticateClientWith(find, parameters, request, ctx)
  if (!token) throw invalidRequest('token is missing')

  if (refresh) await revokeRefreshToken(token, found, client, ctx)
  else await revokeAccessToken(token, client, ctx)
  return { kind: 'json', status: 200, body: {} }
}

async function revokeRefreshToken(
  token: string,
  family: RefreshFamily | null,
  client: AuthenticatedClient,
  ctx: OAuthContext,
): Promise<void> {
  if (!family) return
  const { clientId, userId, grantId } = family
  if (clientId !== client.clientId) return noteForeign(sha256Hex(token), client, ctx)
  await ctx.store.revokeGrant(grantId, 'token_revoked', {
    ...by(client),
    action: 'grant.revoked',
    clientId,
    userId,
    grantId,
    reason: 'token_revoked',
  })
}

async function revokeAccessToken(token: string, client: AuthenticatedClient, ctx: OAuthContext): Promise<void> {
  const claims = await ctx.verify(token)
  if (!claims) return
  if (claims.client_id !== client.clientId) return noteForeign(sha256Hex(token), client, ctx)
  await ctx.store.revokeToken(claims.jti, new Date(claims.exp * 1000), {
    ...by(client),
    action: 'token.revoked',
    clientId: client.clientId,
    userId: claims.sub,
    ...(claims.grant_id ? { grantId: claims.grant_id } : {}),
    detail: { jti: claims.jti },
  })
}

const by = ({ clientId }: AuthenticatedClient) => ({ step: 'revoke', actorKind: 'client', actorId: clientId }) as const

/** 200 without effect, so that nobody can probe for tokens; once in the log, because the token was real. */
const noteForeign = (tokenHash: string, client: AuthenticatedClient, ctx: OAuthContext): Promise<void> =>
  ctx.store.recordMisuse(tokenHash, { ...by(client), action: 'revoke.foreign', clientId: client.clientId })
