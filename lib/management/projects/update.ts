import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { rotateSigningKey } from '#lib/keys/rotate.ts'
import { changesOf } from '../changes.ts'
import { auditSource, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from './generation.ts'
import { type UpdateProjectInput, updateProjectInput } from './inputs.ts'
import { columnsOf, settingsColumns } from './settings.ts'

/**
 * Changes what is given and leaves the rest; seen by every process within seconds.
 * A new algorithm is prepared now and signs after the next rotation, once every cached JWKS has its key.
 * Throws `forbidden`, `invalid`.
 */
export async function updateProject(ctx: ManagementContext, input: UpdateProjectInput): Promise<void> {
  requirePermission(ctx, 'project:write')
  const wanted = columnsOf(parseInput(updateProjectInput, input))

  const changed = await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const where = { id: ctx.project.id }
    const { after, changes } = changesOf(await tx.project.findUniqueOrThrow({ where, select: { name: true, ...settingsColumns } }), wanted)
    if (Object.keys(changes).length === 0) return changes
    await tx.project.update({ where, data: after })
    await recordAudit(tx, auditSource(ctx), { action: 'project.updated', changes })
    return changes
  })
  if ('signingAlgorithm' in changed) await rotateSigningKey(auditSource(ctx))
}
