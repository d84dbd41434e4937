import { inTransaction } from '#lib/db/transaction.ts'
import { notFound, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import type { AccountContext } from './context.ts'
import { holdAccount, requireWayIn } from './hold.ts'
import { type UnlinkProviderInput, unlinkProviderInput } from './inputs.ts'

/** Throws `reauthenticate`, `not_found`, `conflict` when it is the last way in. */
export async function unlinkProvider(ctx: AccountContext, input: UnlinkProviderInput): Promise<void> {
  requireRecentAuthentication(ctx)
  const { provider, subject } = parseInput(unlinkProviderInput, input)
  const { memberId } = ctx
  await inTransaction(async (tx) => {
    await holdAccount(tx, ctx)
    const { count } = await tx.memberIdentity.deleteMany({ where: { provider, subject, memberId } })
    if (count !== 1) throw notFound('Link')
    await requireWayIn(tx, memberId)
  })
}
