import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { type Interaction, toConsent } from '#lib/oauth/interaction.ts'
import { startSession } from './session.ts'

/** How somebody proved who they are. */
export type SignInWay = 'password' | 'email' | 'passkey' | 'upstream' | 'handoff' | 'reviewer'

/**
 * Lets somebody in, whatever way they came: session and audit row in one transaction; then on to consent.
 * `account` finds or makes the user within it, and answers their id.
 */
export async function admit(
  { handle, pending }: Pick<Interaction, 'handle' | 'pending'>,
  { action, way }: { action: 'user.signed_in' | 'user.signed_up'; way: SignInWay },
  account: (tx: Transaction) => Promise<string>,
  { issuer, browser, address }: OAuthContext,
): Promise<OAuthResult> {
  const { projectId, slug } = issuer
  const setCookie = await inTransaction(async (tx) => {
    const userId = await account(tx)
    const started = await startSession(tx, { projectId, slug, userId, replaces: browser.sessionHash })
    const source = { projectId, address, actor: { kind: 'user', id: userId } } as const
    await recordAudit(tx, source, { action, userId, clientId: pending.clientId, requestId: pending.idHash, way })
    return started
  })
  return toConsent(issuer, handle, [setCookie])
}
