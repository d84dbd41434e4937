import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type UnblockClientInput, unblockClientInput } from './inputs.ts'

/**
 * Takes a block back: tokens that have not run out meanwhile work again. What was deleted stays deleted.
 * Throws `forbidden`, `not_found`, `conflict` when it is not blocked.
 */
export async function unblockClient(ctx: ManagementContext, input: UnblockClientInput): Promise<void> {
  requirePermission(ctx, 'client:write')
  const { clientId } = parseInput(unblockClientInput, input)
  const where = { projectId: ctx.project.id, clientId }

  await inTransaction(async (tx) => {
    const client = await tx.oAuthClient.findFirst({ where, select: { name: true } })
    if (!client) throw notFound('Client')
    const unblocked = await tx.oAuthClient.updateMany({
      where: { ...where, blockedAt: { not: null } },
      data: { revokedAt: null, blockedAt: null },
    })
    if (unblocked.count !== 1) throw conflict('This client is not blocked')
    await recordAudit(tx, auditSource(ctx), { action: 'client.unblocked', clientId, name: client.name })
  })
}
