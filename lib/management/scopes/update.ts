import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { changesOf } from '../changes.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type UpdateScopeInput, updateScopeInput } from './inputs.ts'

const COLUMNS = { description: true, risk: true, isRequired: true, isDefault: true, position: true } as const

/** Its name stays: tokens and clients hold it. Throws `forbidden`, `invalid`, `not_found`. */
export async function updateScope(ctx: ManagementContext, input: UpdateScopeInput): Promise<void> {
  requirePermission(ctx, 'scope:write')
  const { name, ...wanted } = parseInput(updateScopeInput, input)
  const where = { projectId: ctx.project.id, name }

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const old = await tx.scope.findFirst({ where, select: COLUMNS })
    if (!old) throw notFound('Scope')
    const { after, changes } = changesOf(old, wanted)
    if (Object.keys(changes).length === 0) return
    await tx.scope.updateMany({ where, data: after })
    await recordAudit(tx, auditSource(ctx), { action: 'scope.updated', scope: name, changes })
  })
}
