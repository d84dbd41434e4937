import { accessTokenClaims } from '../access-token.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '../context.ts'
import { workloadId } from '../identifier.ts'
import type { Parameters } from '../parameters.ts'
import { requestedResources } from '../resource.ts'
import { parseScope, scopesWithin } from '../scope.ts'
import { senderConstraint } from '../sender-constraint.ts'
import { tokenResponse } from '../token-response.ts'
import { readTrustedToken, type TrustedToken, withAndWithoutSlash } from '../trusted-token.ts'
import { isTokenId, refusalsNoted, refuseAssertion, spendAssertion } from './assertion.ts'

/** Platforms mount them into programs and renew them now and then. */
const MAX_LIFETIME_SECONDS = 86_400

/** SPIFFE writes `JOSE` where others write `JWT` or nothing. */
const TYPES = [undefined, 'jwt', 'jose']

/**
 * A workload's own token in exchange for one of ours (MCP Workload Identity Federation): no client, no registration, no secret. What
 * it may do is what the project's rules say of its claims. It is its own client and subject, `workload:…`.
 * Errors: `invalid_grant` for the assertion, `invalid_scope`, `invalid_target`.
 */
export async function workload(assertion: string, parameters: Parameters, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  return refusalsNoted({ clientId: undefined, proven: false }, ctx, async () => {
    const { issuer } = ctx
    const now = await ctx.store.now()
    const token = await readWorkloadToken(assertion, now, ctx)
    const resources = requestedResources(parameters.all('resource'), issuer)
    const scopes = scopesWithin(parseScope(parameters.get('scope')), token.scopes, issuer, null)
    const constraint = await senderConstraint(request, ctx, null, now)
    const { trusted, subject } = token
    const id = workloadId(issuer.projectId, trusted.issuer, subject)
    await spendAssertion(assertion, token, { clientId: id, proven: false }, ctx)

    const lifetimeSeconds = issuer.accessTokenTtlSeconds
    const claims = accessTokenClaims(issuer, {
      ...{ userId: id, clientId: id, scopes, resources, issuedAt: now, lifetimeSeconds, cnf: constraint.cnf },
      workload: { iss: trusted.issuer, sub: subject },
    })
    const accessToken = await ctx.sign(claims)
    await ctx.store.record({
      ...{ action: 'assertion.issued', step: 'token', actorKind: 'client', actorId: id, clientId: id },
      detail: { kind: 'workload', issuer: trusted.issuer, subject, jti: claims.jti, scope: claims.scope, aud: claims.aud },
    })
    return tokenResponse({ accessToken, expiresIn: lifetimeSeconds, scopes, constraint })
  })
}

async function readWorkloadToken(assertion: string, now: Date, ctx: OAuthContext): Promise<TrustedToken> {
  const audiences = [ctx.issuer.url, `${ctx.issuer.url}/api/oauth/token`].flatMap(withAndWithoutSlash)
  const expected = { kind: 'workload', types: TYPES, audiences: () => audiences, maxLifetimeSeconds: MAX_LIFETIME_SECONDS } as const
  const token = await readTrustedToken(assertion, expected, now, ctx)
  if (typeof token === 'string') throw refuseAssertion(token)
  if (token.claims.iat === undefined) throw refuseAssertion('iat')
  if (token.claims.jti !== undefined && !isTokenId(token.claims.jti)) throw refuseAssertion('jti')
  return token
}
