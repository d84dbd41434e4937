import { accessTokenClaims } from '../access-token.ts'
import { authenticateClient, requireGrantType } from '../client-authentication.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '../context.ts'
import { unauthorizedClient } from '../errors.ts'
import type { Parameters } from '../parameters.ts'
import { requestedResources } from '../resource.ts'
import { grantableScopes, OFFLINE_ACCESS, parseScope } from '../scope.ts'
import { senderConstraint } from '../sender-constraint.ts'
import { tokenResponse } from '../token-response.ts'

/** RFC 6749 §4.4: a confidential client made by the operator acts for itself. No refresh token (§4.4.3). */
export async function clientCredentials(parameters: Parameters, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const client = await authenticateClient(parameters, request, ctx)
  requireGrantType(client, 'client_credentials')
  const { issuer } = ctx
  if (!issuer.clientCredentials) throw unauthorizedClient({ kind: 'switched_off' })
  if (client.authenticatedBy === 'none') throw unauthorizedClient({ kind: 'grant_type_not_allowed', clientId: client.clientId })

  const resources = requestedResources(parameters.all('resource'), issuer)
  const scopes = grantableScopes(parseScope(parameters.get('scope')), issuer, client.scope).filter((scope) => scope !== OFFLINE_ACCESS)
  const constraint = await senderConstraint(request, ctx, client, client.readAt)
  const claims = accessTokenClaims(issuer, {
    userId: client.clientId,
    clientId: client.clientId,
    scopes,
    resources,
    issuedAt: client.readAt,
    lifetimeSeconds: issuer.accessTokenTtlSeconds,
    cnf: constraint.cnf,
  })
  const accessToken = await ctx.sign(claims)
  await ctx.store.record({
    action: 'token.issued',
    step: 'token',
    actorKind: 'client',
    actorId: client.clientId,
    clientId: client.clientId,
    detail: { grant_type: 'client_credentials', jti: claims.jti, scope: claims.scope, aud: claims.aud },
  })
  return tokenResponse({ accessToken, expiresIn: issuer.accessTokenTtlSeconds, scopes, constraint })
}
