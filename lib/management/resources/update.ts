import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { changesOf } from '../changes.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type UpdateResourceInput, updateResourceInput } from './inputs.ts'

/** Its identifier stays: tokens carry it. Throws `forbidden`, `invalid`, `not_found`. */
export async function updateResource(ctx: ManagementContext, input: UpdateResourceInput): Promise<void> {
  requirePermission(ctx, 'resource:write')
  const { identifier, ...wanted } = parseInput(updateResourceInput, input)
  const projectId = ctx.project.id

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const old = await tx.resource.findFirst({ where: { projectId, identifier }, select: { name: true, isDefault: true } })
    if (!old) throw notFound('Resource')
    const { after, changes } = changesOf(old, wanted)
    if (Object.keys(changes).length === 0) return
    if (after.isDefault) await tx.resource.updateMany({ where: { projectId, isDefault: true }, data: { isDefault: false } })
    await tx.resource.updateMany({ where: { projectId, identifier }, data: after })
    await recordAudit(tx, auditSource(ctx), { action: 'resource.updated', resource: identifier, changes })
  })
}
