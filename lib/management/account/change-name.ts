import { inTransaction } from '#lib/db/transaction.ts'
import { parseInput } from '../parse.ts'
import type { AccountContext } from './context.ts'
import { type ChangeNameInput, changeNameInput } from './inputs.ts'

/** Throws `invalid`. */
export async function changeName({ memberId }: AccountContext, input: ChangeNameInput): Promise<void> {
  const { name } = parseInput(changeNameInput, input)
  await inTransaction(async (tx) => {
    await tx.member.updateMany({ where: { id: memberId }, data: { name } })
  })
}
