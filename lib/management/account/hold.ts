import type { Transaction } from '#lib/db/transaction.ts'
import { conflict, ManagementError } from '../context.ts'
import type { AccountContext } from './context.ts'

/**
 * Holds the account until the transaction ends, so that its ways to sign in are counted and changed by one at a time, and only for a
 * session that still counts: one that was ended elsewhere meanwhile must leave nothing behind. Throws `reauthenticate`.
 */
export async function holdAccount(tx: Transaction, { memberId, sessionId }: AccountContext): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM member m JOIN member_session s ON s.member_id = m.id AND s.id = ${sessionId}::uuid
    WHERE m.id = ${memberId}::uuid AND s.ended_at IS NULL AND s.expires_at > now() AND NOT s.awaits_second_factor
    FOR UPDATE OF m`
  if (held.length !== 1) throw new ManagementError('reauthenticate', 'Confirm that it is you')
}

/** After something was taken away, in a held account. Throws `conflict` when nobody could sign in to it any more. */
export async function requireWayIn(tx: Transaction, memberId: string): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM member m WHERE m.id = ${memberId}::uuid AND (m.password_hash IS NOT NULL
      OR EXISTS (SELECT 1 FROM member_passkey p WHERE p.member_id = m.id)
      OR EXISTS (SELECT 1 FROM member_identity i WHERE i.member_id = m.id))`
  if (found.length !== 1) throw conflict('This is your only way to sign in. Set a password first.')
}
