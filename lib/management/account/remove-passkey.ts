import { inTransaction } from '#lib/db/transaction.ts'
import { notFound, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type AccountContext, recordOwnAct } from './context.ts'
import { holdAccount, requireWayIn } from './hold.ts'
import { type RemovePasskeyInput, removePasskeyInput } from './inputs.ts'

/** Throws `reauthenticate`, `not_found`, `conflict` when it is the last way in. */
export async function removePasskey(ctx: AccountContext, input: RemovePasskeyInput): Promise<void> {
  requireRecentAuthentication(ctx)
  const { credentialId } = parseInput(removePasskeyInput, input)
  const { memberId } = ctx
  await inTransaction(async (tx) => {
    await holdAccount(tx, ctx)
    const passkey = await tx.memberPasskey.findFirst({ where: { credentialId, memberId }, select: { name: true } })
    if (!passkey) throw notFound('Passkey')
    await tx.memberPasskey.deleteMany({ where: { credentialId, memberId } })
    await requireWayIn(tx, memberId)
    await recordOwnAct(tx, ctx, { action: 'member.passkey_removed', name: passkey.name })
  })
}
