import { eventOf, newApproval } from './approval.ts'
import { codeResponse, errorResponse } from './authorization-response.ts'
import { findClient, keepForApproval } from './client.ts'
import type { OAuthContext, OAuthRequest, OAuthResult, ResourceOwnerSession } from './context.ts'
import type { EventFields } from './events.ts'
import { forbidden, gone, openInteraction, toConsent, toSignIn } from './interaction.ts'
import { placeToRemember } from './remembered-consent.ts'
import { decidableScopes, GOES_ALONG, OPENID } from './scope.ts'
import { allowedBefore, type OfferedScope, offeredScopes } from './step-up.ts'
import type { Client, StoredAuthorizationRequest } from './store.ts'

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
      return deny(pending, eventOf(pending, owner), ctx)
    case 'allow':
      return allow(handle, pending, parameters.all('scope'), owner, ctx)
    default:
      return forbidden(ctx)
  }
}

/** Ends the request: its client is told `access_denied`. `by`: who does not allow it. */
export async function deny(pending: StoredAuthorizationRequest, by: EventFields, ctx: OAuthContext): Promise<OAuthResult> {
  const action = pending.deviceCodeHash === null ? 'grant.denied' : 'device.denied'
  const outcome = await ctx.store.denyRequest(pending.idHash, { ...by, action })
  if (outcome !== 'denied') return gone(outcome)
  if (pending.deviceCodeHash !== null) return BACK_TO_DEVICE.denied
  return errorResponse('access_denied', 'The user did not allow it', pending, ctx.issuer)
}

async function allow(
  handle: string,
  pending: StoredAuthorizationRequest,
  ticked: readonly string[],
  owner: ResourceOwnerSession,
  ctx: OAuthContext,
) {
  const client = await findClient(pending.clientId, ctx)
  if (typeof client === 'string') return gone(client === 'document_unavailable' ? client : 'client_gone')
  const offered = await offeredTo(owner, pending, client, ticked, ctx)
  if (ticked.some((scope) => !offered.some(({ name }) => name === scope))) return gone('unknown')
  // A locked box is not sent by browsers, and a form without it is no way around it.
  const allowed = offered.filter(({ name, locked }) => locked || ticked.includes(name)).map(({ name }) => name)
  const along = GOES_ALONG.filter((name) => pending.scope.split(' ').includes(name))
  if (allowed.length === 0 && offered.length > 0 && !along.includes(OPENID)) {
    return toConsent(ctx.issuer, handle, [], '?error=no_scope')
  }
  const scope = [...allowed, ...along].join(' ')

  const kept = await keepForApproval(pending, owner.userId, ctx)
  if (kept !== 'kept') return gone(kept)
  const { code, approval, event } = newApproval(pending, owner, { scope, remembered: false }, ctx)
  const placeHash = placeToRemember(client, pending, ctx.issuer)
  const outcome = await ctx.store.approveRequest(pending.idHash, approval, placeHash, event)
  if (outcome !== 'approved') return gone(outcome)
  return pending.deviceCodeHash === null ? codeResponse(code, pending, ctx.issuer) : BACK_TO_DEVICE.approved
}

/** All that the page may have shown a box for. What was allowed before is asked only for a box that the request alone does not explain. */
async function offeredTo(
  { userId, scopeCeiling }: ResourceOwnerSession,
  pending: StoredAuthorizationRequest,
  client: Client,
  ticked: readonly string[],
  { issuer, store }: OAuthContext,
): Promise<OfferedScope[]> {
  const asked = decidableScopes(pending.scope)
  const explained = ticked.every((scope) => asked.includes(scope))
  const before = explained ? new Set<string>() : await allowedBefore(pending, userId, store)
  return offeredScopes(pending, client, { allowedBefore: before, scopeCeiling }, issuer)
}

/** RFC 8628 §3.3: the answer reaches the device by its own polling. */
const BACK_TO_DEVICE = {
  approved: { kind: 'page', status: 200, says: 'device_connected' },
  denied: { kind: 'page', status: 200, says: 'device_denied' },
} as const satisfies Record<string, OAuthResult>
