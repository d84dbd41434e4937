import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { type Destination, goOn } from './destination.ts'
import { type Admitted, startSession } from './session.ts'

/** How somebody proved who they are. */
export type SignInWay = 'password' | 'email' | 'passkey' | 'upstream' | 'handoff' | 'reviewer'

/**
 * Lets somebody in, whatever way they came: session and audit row in one transaction; then on to consent, or to a page of ours.
 * `account` finds or makes the user within it, and answers their id, or with it how much their session may allow.
 */
export async function admit(
  destination: Destination,
  { action, way }: { action: 'user.signed_in' | 'user.signed_up'; way: SignInWay },
  account: (tx: Transaction) => Promise<string | Admitted>,
  { issuer, browser, address }: OAuthContext,
): Promise<OAuthResult> {
  const { projectId, slug } = issuer
  const setCookie = await inTransaction(async (tx) => {
    const found = await account(tx)
    const { userId, scopeCeiling } = typeof found === 'string' ? { userId: found, scopeCeiling: null } : found
    const started = await startSession(tx, { projectId, slug, userId, scopeCeiling, replaces: browser.sessionHash })
    const source = { projectId, address, actor: { kind: 'user', id: userId } } as const
    await recordAudit(tx, source, { action, userId, ...askedBy(destination), way })
    return started
  })
  return goOn(issuer, destination, [setCookie])
}

const askedBy = (destination: Destination) =>
  'place' in destination ? {} : { clientId: destination.pending.clientId, requestId: destination.pending.idHash }
