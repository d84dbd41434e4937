import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type DeleteSavedViewInput, deleteSavedViewInput } from './inputs.ts'

/** For every member of the project. The events it showed stay. Throws `not_found`. */
export async function deleteSavedView(ctx: ManagementContext, input: DeleteSavedViewInput): Promise<void> {
  requirePermission(ctx, 'audit:read')
  const { id } = parseInput(deleteSavedViewInput, input)
  const where = { projectId: ctx.project.id, id }
  await inTransaction(async (tx) => {
    const view = await tx.savedView.findFirst({ where, select: { name: true } })
    const { count } = await tx.savedView.deleteMany({ where })
    if (!view || count === 0) throw notFound('Saved view')
    await recordAudit(tx, auditSource(ctx), { action: 'saved_view.deleted', viewId: id, name: view.name })
  })
}
