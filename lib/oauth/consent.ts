import { randomUUID } from 'node:crypto'
import { codeResponse, errorResponse } from './authorization-response.ts'
import type { OAuthContext, OAuthRequest, OAuthResult, ResourceOwnerSession } from './context.ts'
import { sha256Hex } from './hash.ts'
import { forbidden, gone, openInteraction, toConsent, toSignIn } from './interaction.ts'
import { mintCode } from './opaque-token.ts'
import { OFFLINE_ACCESS } from './scope.ts'
import type { StoredAuthorizationRequest } from './store.ts'

/** Scopes a person decides about, one checkbox each. `offline_access` is about the connection, not about data, and goes along. */
export const decidableScopes = (scope: string): string[] => scope.split(' ').filter((name) => name && name !== OFFLINE_ACCESS)

/**
 * The answer of the consent page: `request`, `csrf`, `decision` (`allow` or `deny`) and a `scope` per ticked box.
 * The browser holds nothing but the handle: what is granted comes from the stored request, and a box that it does not offer is refused.
 */
export async function consent(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const opened = await openInteraction(request, ctx, { by: 'owner', mayRepeat: ['scope'] })
  if ('kind' in opened) return opened
  const { handle, parameters, pending } = opened
  const owner = await ctx.browser.session()
  if (!owner || (pending.authTimeFrom !== null && owner.authTime < pending.authTimeFrom)) {
    return toSignIn(ctx.issuer, { request: handle })
  }

  switch (parameters.get('decision')) {
    case 'deny':
      return deny(pending, owner, ctx)
    case 'allow':
      return allow(handle, pending, parameters.all('scope'), owner, ctx)
    default:
      return forbidden(ctx)
  }
}

async function deny(pending: StoredAuthorizationRequest, owner: ResourceOwnerSession, ctx: OAuthContext): Promise<OAuthResult> {
  const outcome = await ctx.store.denyRequest(pending.idHash, { ...eventOf(pending, owner), action: 'grant.denied' })
  if (outcome !== 'denied') return gone(outcome)
  return errorResponse('access_denied', 'The user did not allow it', pending, ctx.issuer)
}

async function allow(
  handle: string,
  pending: StoredAuthorizationRequest,
  ticked: readonly string[],
  owner: ResourceOwnerSession,
  ctx: OAuthContext,
) {
  const asked = decidableScopes(pending.scope)
  const offered = ctx.issuer.offerAllScopes ? [...new Set([...asked, ...ctx.issuer.scopes.map(({ name }) => name)])] : asked
  if (ticked.some((scope) => !offered.includes(scope))) return gone('unknown')
  if (ticked.length === 0 && offered.length > 0) {
    return toConsent(ctx.issuer, handle, [], '?error=no_scope')
  }
  const granted = offered.filter((scope) => ticked.includes(scope))
  const scope = [...granted, ...(pending.scope.split(' ').includes(OFFLINE_ACCESS) ? [OFFLINE_ACCESS] : [])].join(' ')

  const grantId = randomUUID()
  const code = mintCode(ctx.pepper)
  const outcome = await ctx.store.approveRequest(
    pending.idHash,
    { grantId, codeHash: sha256Hex(code), userId: owner.userId, authTime: owner.authTime, scope },
    {
      ...eventOf(pending, owner),
      action: 'grant.approved',
      grantId,
      detail: { asked: pending.scope, granted: scope, resource: pending.resources },
    },
  )
  return outcome === 'approved' ? codeResponse(code, pending, ctx.issuer) : gone(outcome)
}

const eventOf = (pending: StoredAuthorizationRequest, owner: ResourceOwnerSession) =>
  ({
    step: 'consent',
    actorKind: 'user',
    actorId: owner.userId,
    clientId: pending.clientId,
    userId: owner.userId,
    requestId: pending.idHash,
  }) as const
