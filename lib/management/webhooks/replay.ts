import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ReplayWebhookDeliveriesInput, replayWebhookDeliveriesInput } from './inputs.ts'

/** So many of those that failed go out at once; what is left a second call takes. */
const MAX_REPLAYED = 1_000

/**
 * Sends deliveries again, at once and with all their tries, whatever became of them. They keep their id, by which a receiver knows what it has.
 * Throws `forbidden`, `invalid`, `not_found` where none of them is there, `conflict` where the endpoint is off.
 */
export async function replayWebhookDeliveries(ctx: ManagementContext, input: ReplayWebhookDeliveriesInput): Promise<{ replayed: number }> {
  requirePermission(ctx, 'webhook:write')
  const { endpointId, deliveryIds, failedSince } = parseInput(replayWebhookDeliveriesInput, input)
  const projectId = ctx.project.id

  return inTransaction(async (tx) => {
    const endpoint = await tx.webhookEndpoint.findFirst({ where: { projectId, id: endpointId }, select: { url: true, disabledAt: true } })
    if (!endpoint) throw notFound('Webhook endpoint')
    if (endpoint.disabledAt) throw conflict('This endpoint is off')
    const chosen = deliveryIds ? { id: { in: deliveryIds } } : { state: 'failed', createdAt: { gte: new Date(failedSince ?? 0) } }
    const found = await tx.webhookDelivery.findMany({
      where: { projectId, endpointId, ...chosen },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: MAX_REPLAYED,
    })
    if (found.length === 0) throw notFound(deliveryIds ? 'Webhook delivery' : 'A failed delivery since then')
    const ids = found.map(({ id }) => id)
    // Tries are numbered on: those before stay in the log, and count no more.
    await tx.$executeRaw`
      UPDATE webhook_delivery SET state = 'pending', next_attempt_at = now(), leased_until = NULL, delivered_at = NULL, attempts_before = attempts
      WHERE project_id = ${projectId}::uuid AND endpoint_id = ${endpointId}::uuid AND id = ANY (${ids}::uuid[])`
    await recordAudit(tx, auditSource(ctx), { action: 'webhook_endpoint.replayed', endpointId, url: endpoint.url, count: found.length })
    return { replayed: found.length }
  })
}
