import { inTransaction } from '#lib/db/transaction.ts'
import { conflict, requireRecentAuthentication } from '../context.ts'
import type { AccountContext } from './context.ts'
import { holdAccount } from './hold.ts'
import { replaceRecoveryCodesOf } from './recovery-codes.ts'

/** Ten new ones; the old ones count no longer. Throws `reauthenticate`, `conflict` without an authenticator app. */
export async function replaceRecoveryCodes(ctx: AccountContext): Promise<{ recoveryCodes: string[] }> {
  requireRecentAuthentication(ctx)
  const { memberId } = ctx
  return inTransaction(async (tx) => {
    await holdAccount(tx, ctx)
    const member = await tx.member.findUnique({ where: { id: memberId, totpConfirmedAt: { not: null } }, select: { id: true } })
    if (!member) throw conflict('No authenticator app is set up')
    return { recoveryCodes: await replaceRecoveryCodesOf(tx, memberId) }
  })
}
