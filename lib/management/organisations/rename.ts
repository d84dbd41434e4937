import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { changesOf } from '../changes.ts'
import { notFound, type OrganisationContext, organisationAuditSource, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type RenameOrganisationInput, renameOrganisationInput } from './inputs.ts'

/** Throws `forbidden`, `invalid`. */
export async function renameOrganisation(ctx: OrganisationContext, input: RenameOrganisationInput): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const wanted = parseInput(renameOrganisationInput, input)
  const { id } = ctx.organisation
  await inTransaction(async (tx) => {
    const old = await tx.organisation.findUnique({ where: { id }, select: { name: true } })
    if (!old) throw notFound('Organisation')
    const { after, changes } = changesOf(old, wanted)
    if (Object.keys(changes).length === 0) return
    await tx.organisation.update({ where: { id }, data: after })
    await recordAudit(tx, organisationAuditSource(ctx), { action: 'organisation.updated', changes })
  })
}
