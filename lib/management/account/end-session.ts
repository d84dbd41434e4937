import { inTransaction, read, type Transaction } from '#lib/db/transaction.ts'
import { notFound } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type AccountContext, recordOwnAct } from './context.ts'
import { type EndSessionInput, endSessionInput } from './inputs.ts'
import type { SessionKey } from './session.ts'

/** Signs out. One that has ended already is no mistake. */
export async function signOut({ memberId, sessionId }: SessionKey): Promise<void> {
  await read(
    (db) => db.$executeRaw`
    UPDATE member_session SET ended_at = now() WHERE member_id = ${memberId}::uuid AND id = ${sessionId}::uuid AND ended_at IS NULL`,
  )
}

/** Ends one session of the member, elsewhere or here. Throws `not_found`. */
export async function endSession(ctx: AccountContext, input: EndSessionInput): Promise<void> {
  const { sessionId } = parseInput(endSessionInput, input)
  await inTransaction(async (tx) => {
    const ended = await tx.$executeRaw`
      UPDATE member_session SET ended_at = now()
      WHERE member_id = ${ctx.memberId}::uuid AND id = ${sessionId}::uuid AND ended_at IS NULL`
    if (ended !== 1) throw notFound('Session')
    await recordOwnAct(tx, ctx, { action: 'member.sessions_ended', count: 1 })
  })
}

/** Ends every session but this one; answers how many there were. */
export async function endOtherSessions(ctx: AccountContext): Promise<number> {
  return inTransaction(async (tx) => {
    const count = await endAllBut(tx, ctx)
    if (count > 0) await recordOwnAct(tx, ctx, { action: 'member.sessions_ended', count })
    return count
  })
}

/** Also those that still ask for a second factor: whoever knew the password may know it no longer. */
export const endAllBut = (tx: Transaction, { memberId, sessionId }: SessionKey): Promise<number> => tx.$executeRaw`
  UPDATE member_session SET ended_at = now()
  WHERE member_id = ${memberId}::uuid AND id <> ${sessionId}::uuid AND ended_at IS NULL AND expires_at > now()`
