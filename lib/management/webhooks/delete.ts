import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { removalOf } from '../changes.ts'
import { auditSource, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type WebhookEndpointInput, webhookEndpointInput } from './inputs.ts'

/** With its deliveries; what waits is not sent. Throws `forbidden`, `reauthenticate`, `not_found`. */
export async function deleteWebhookEndpoint(ctx: ManagementContext, input: WebhookEndpointInput): Promise<void> {
  requirePermission(ctx, 'webhook:write')
  requireRecentAuthentication(ctx)
  const { endpointId } = parseInput(webhookEndpointInput, input)
  const projectId = ctx.project.id

  await inTransaction(async (tx) => {
    const endpoint = await tx.webhookEndpoint.findFirst({
      where: { projectId, id: endpointId },
      select: { url: true, description: true, events: true },
    })
    const deleted = await tx.webhookEndpoint.deleteMany({ where: { projectId, id: endpointId } })
    if (!endpoint || deleted.count !== 1) throw notFound('Webhook endpoint')
    await tx.$executeRaw`
      DELETE FROM webhook_attempt WHERE project_id = ${projectId}::uuid AND delivery_id IN (
        SELECT id FROM webhook_delivery WHERE project_id = ${projectId}::uuid AND endpoint_id = ${endpointId}::uuid)`
    await tx.webhookDelivery.deleteMany({ where: { projectId, endpointId } })
    const { url, description, events } = endpoint
    const changes = removalOf({ description, events: JSON.parse(events) })
    await recordAudit(tx, auditSource(ctx), { action: 'webhook_endpoint.deleted', endpointId, url, changes })
  })
}
