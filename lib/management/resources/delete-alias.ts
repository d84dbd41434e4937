import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type DeleteResourceAliasInput, deleteResourceAliasInput } from './inputs.ts'

/** Clients that ask by this name are refused from now on; what they hold goes on. Throws `forbidden`, `not_found`. */
export async function deleteResourceAlias(ctx: ManagementContext, input: DeleteResourceAliasInput): Promise<void> {
  requirePermission(ctx, 'resource:write')
  const { identifier, alias } = parseInput(deleteResourceAliasInput, input)

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const deleted = await tx.resourceAlias.deleteMany({ where: { projectId: ctx.project.id, identifier, alias } })
    if (deleted.count !== 1) throw notFound('Alias')
    await recordAudit(tx, auditSource(ctx), { action: 'resource_alias.deleted', resource: identifier, alias })
  })
}
