import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type DeleteScopeInput, deleteScopeInput } from './inputs.ts'

/** No new grant has it from now on; grants and tokens that have it keep it. Throws `forbidden`, `not_found`. */
export async function deleteScope(ctx: ManagementContext, input: DeleteScopeInput): Promise<void> {
  requirePermission(ctx, 'scope:write')
  const { name } = parseInput(deleteScopeInput, input)

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const deleted = await tx.scope.deleteMany({ where: { projectId: ctx.project.id, name } })
    if (deleted.count !== 1) throw notFound('Scope')
    await recordAudit(tx, auditSource(ctx), { action: 'scope.deleted', scope: name })
  })
}
