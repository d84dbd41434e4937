import { inTransaction } from '#lib/db/transaction.ts'
import { notFound } from '../context.ts'
import { parseInput } from '../parse.ts'
import type { AccountContext } from './context.ts'
import { type RenamePasskeyInput, renamePasskeyInput } from './inputs.ts'

/** Throws `invalid`, `not_found`. */
export async function renamePasskey({ memberId }: AccountContext, input: RenamePasskeyInput): Promise<void> {
  const { credentialId, name } = parseInput(renamePasskeyInput, input)
  await inTransaction(async (tx) => {
    const { count } = await tx.memberPasskey.updateMany({ where: { credentialId, memberId }, data: { name } })
    if (count !== 1) throw notFound('Passkey')
  })
}
