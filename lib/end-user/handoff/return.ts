import { deny } from '#lib/oauth/consent.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { equalInConstantTime } from '#lib/oauth/hash.ts'
import { handoffProofOf } from '#lib/oauth/opaque-token.ts'
import { parseParameters } from '#lib/oauth/parameters.ts'
import { admit } from '../admit.ts'
import { backToSignIn, type Destination, goOn, openDestination } from '../destination.ts'
import { findHandoff, type Handoff, HandoffSpent, spendHandoff } from './handoff.ts'
import { parseHandoffId } from './id.ts'

/**
 * `GET /oauth/handoff/<id>?proof=…`: the browser comes back from the customer's own sign-in page. It counts with the cookie of the
 * browser that set out and the proof that their backend got for the browser that signed in: whoever lures somebody into signing in
 * for them has the one, whoever is lured the other, and nobody both.
 */
export async function returnFromHandoff(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, pepper } = ctx
  const id = request.path.slice(request.path.lastIndexOf('/') + 1)
  const known = parseHandoffId(id)
  if (known?.projectId !== issuer.projectId) return page('unknown', ctx)
  const handoff = await findHandoff(issuer.projectId, id)
  if (!handoff) return page('unknown', ctx)
  if (handoff.browserHash !== browser.hash) return page('other_browser', ctx)
  const destination = await openDestination(known.goesOnTo, ctx)
  if ('kind' in destination) return destination
  if (!handoff.confirmed) return tryAgain(destination, handoff.expired ? 'handoff_expired' : 'handoff_unconfirmed', ctx)

  const proof = parseParameters(request.query).get('proof') ?? ''
  if (!equalInConstantTime(proof, handoffProofOf(id, pepper))) return page('no_proof', ctx)
  // Loaded again: whom it let in then may go on, a second session there is not.
  if (handoff.used && (await browser.session())?.userId === handoff.userId) return goOn(issuer, destination, [])
  if (handoff.used) return page('used', ctx)
  if (handoff.expired) return tryAgain(destination, 'handoff_expired', ctx)
  if (handoff.userId === null) return turnAway(destination, handoff, ctx)
  return enter(destination, id, handoff.browserHash, ctx)
}

async function enter(destination: Destination, id: string, browserHash: string, ctx: OAuthContext): Promise<OAuthResult> {
  const { projectId } = ctx.issuer
  try {
    return await admit(destination, { action: 'user.signed_in', way: 'handoff' }, (tx) => spendHandoff(tx, projectId, id, browserHash), ctx)
  } catch (error) {
    if (!(error instanceof HandoffSpent)) throw error
    return tryAgain(destination, 'handoff_over', ctx)
  }
}

/** Their backend lets nobody in: the client is told so, as of a person who chose Deny. */
async function turnAway(destination: Destination, { requestId }: Handoff, ctx: OAuthContext): Promise<OAuthResult> {
  if ('place' in destination) return backToSignIn(ctx.issuer, destination, { error: 'handoff_denied' })
  const { pending } = destination
  return deny(pending, { step: 'sign-in', actorKind: 'backend', clientId: pending.clientId, requestId, reason: 'handoff_denied' }, ctx)
}

function tryAgain(destination: Destination, error: string, ctx: OAuthContext): OAuthResult {
  ctx.count(`rejected:handoff:${error}`, 'place' in destination ? undefined : destination.pending.clientId)
  return backToSignIn(ctx.issuer, destination, { error })
}

/** For a browser that is not to go on at all. */
function page(why: 'unknown' | 'other_browser' | 'no_proof' | 'used', ctx: OAuthContext): OAuthResult {
  ctx.count(`rejected:handoff:${why}`)
  return { kind: 'page', status: 400, says: `handoff_${why}` }
}
