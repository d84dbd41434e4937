import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type BlockClientInput, blockClientInput } from './inputs.ts'

/**
 * Refused everywhere from now on, as if it were deleted, but its grants wait: `unblockClient` takes it back whole.
 * Throws `forbidden`, `not_found`, `conflict` when it is blocked or deleted already, and for the project's own backend.
 */
export async function blockClient(ctx: ManagementContext, input: BlockClientInput): Promise<void> {
  requirePermission(ctx, 'client:write')
  const { clientId } = parseInput(blockClientInput, input)
  const where = { projectId: ctx.project.id, clientId }

  await inTransaction(async (tx) => {
    const client = await tx.oAuthClient.findFirst({ where, select: { name: true, source: true, blockedAt: true } })
    if (!client) throw notFound('Client')
    if (client.source === 'builtin') throw conflict("The project's own backend cannot be blocked: revoke the server secret instead")

    const now = await databaseTime(tx)
    const blocked = await tx.oAuthClient.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt: now, blockedAt: now } })
    if (blocked.count !== 1) throw conflict(client.blockedAt ? 'This client is blocked already' : 'This client is deleted')
    await recordAudit(tx, auditSource(ctx), { action: 'client.blocked', clientId, name: client.name })
  })
}
