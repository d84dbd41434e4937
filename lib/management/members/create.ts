import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { conflict } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type CreateMemberInput, createMemberInput } from './inputs.ts'
import { hashNewPassword } from './password.ts'
import { countSignUp } from './throttle.ts'

/**
 * A new member with an organisation of their own. Nobody is signed in yet, so there is no context and, without a project, no audit row.
 * Throws `invalid`, `conflict` when the e-mail address is taken, `too_many_requests`.
 */
export async function createMember(input: CreateMemberInput, address?: string): Promise<{ memberId: string; organisationId: string }> {
  const { name, email, password } = parseInput(createMemberInput, input)
  await countSignUp(address)
  const passwordHash = await hashNewPassword(password)
  const memberId = uuidv7()
  const organisationId = uuidv7()

  await inTransaction(async (tx) => {
    const created = await tx.member.createMany({ data: [{ id: memberId, email, name, passwordHash }], skipDuplicates: true })
    if (created.count !== 1) throw conflict('This e-mail address has an account already')
    await tx.organisation.create({ data: { id: organisationId, name: `${name}'s organisation` } })
    await tx.membership.create({ data: { organisationId, memberId, role: 'owner' } })
  })
  return { memberId, organisationId }
}
