import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { conflict } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type CreateOrganisationInput, createOrganisationInput } from './inputs.ts'

const MAX_OWNED = 20

/**
 * One more organisation for a signed-in member, who owns it. There is no organisation to act in yet, so there is no context and no
 * permission to ask for. Throws `invalid`, `conflict` when the member owns twenty.
 */
export async function createOrganisation(
  memberId: string,
  input: CreateOrganisationInput,
  address?: string,
): Promise<{ organisationId: string }> {
  const { name } = parseInput(createOrganisationInput, input)
  const organisationId = uuidv7()
  await inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM member WHERE id = ${memberId}::uuid FOR UPDATE` // or many at once would all count nineteen
    const owned = await tx.membership.count({ where: { memberId, role: 'owner' } })
    if (owned >= MAX_OWNED) throw conflict(`You own ${MAX_OWNED} organisations, which is the most one member can`)
    await tx.organisation.create({ data: { id: organisationId, name } })
    await tx.membership.create({ data: { organisationId, memberId, role: 'owner' } })
    const source = {
      projectId: organisationId,
      actor: { kind: 'member', id: memberId } as const,
      ...(address === undefined ? {} : { address }),
    }
    await recordAudit(tx, source, { action: 'organisation.created', name })
  })
  return { organisationId }
}
