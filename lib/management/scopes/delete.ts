import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { removalOf } from '../changes.ts'
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
    const where = { projectId: ctx.project.id, name }
    const scope = await tx.scope.findFirst({ where, select: { description: true, risk: true, isRequired: true, isDefault: true } })
    if (!scope) throw notFound('Scope')
    await tx.scope.deleteMany({ where })
    await recordAudit(tx, auditSource(ctx), { action: 'scope.deleted', scope: name, changes: removalOf(scope) })
  })
}
