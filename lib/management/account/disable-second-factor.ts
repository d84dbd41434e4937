import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { conflict, requireRecentAuthentication } from '../context.ts'
import { type AccountContext, recordOwnAct } from './context.ts'
import { holdAccount } from './hold.ts'

/** The password alone opens the account again. Throws `reauthenticate`, `conflict` when there is nothing to switch off. */
export async function disableSecondFactor(ctx: AccountContext): Promise<void> {
  requireRecentAuthentication(ctx)
  await inTransaction(async (tx) => {
    await holdAccount(tx, ctx)
    if (!(await forgetSecondFactorOf(tx, ctx.memberId))) throw conflict('No authenticator app is set up')
    await recordOwnAct(tx, ctx, { action: 'member.second_factor_disabled' })
  })
}

/** Secret and recovery codes. Whether it was on. */
export async function forgetSecondFactorOf(tx: Transaction, memberId: string): Promise<boolean> {
  const { count } = await tx.member.updateMany({
    where: { id: memberId, totpConfirmedAt: { not: null } },
    data: { sealedTotp: null, totpConfirmedAt: null, totpLastStep: null },
  })
  await tx.memberRecoveryCode.deleteMany({ where: { memberId } })
  return count === 1
}
