import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { testPayload } from '#lib/webhooks/payload.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type WebhookEndpointInput, webhookEndpointInput } from './inputs.ts'

/** Queues a `test.ping`; it leaves within seconds. Throws `forbidden`, `not_found`, `conflict` where the endpoint is off. */
export async function sendTestWebhook(ctx: ManagementContext, input: WebhookEndpointInput): Promise<{ deliveryId: string }> {
  requirePermission(ctx, 'webhook:write')
  const { endpointId } = parseInput(webhookEndpointInput, input)
  const projectId = ctx.project.id

  return inTransaction(async (tx) => {
    const endpoint = await tx.webhookEndpoint.findFirst({ where: { projectId, id: endpointId }, select: { url: true, disabledAt: true } })
    if (!endpoint) throw notFound('Webhook endpoint')
    if (endpoint.disabledAt) throw conflict('This endpoint is off')
    const [deliveryId, now] = [uuidv7(), await databaseTime(tx)]
    const payload = testPayload(ctx.project, now)
    await tx.webhookDelivery.create({ data: { projectId, id: deliveryId, endpointId, action: 'test.ping', payload, nextAttemptAt: now } })
    await recordAudit(tx, auditSource(ctx), { action: 'webhook_endpoint.tested', endpointId, url: endpoint.url })
    return { deliveryId }
  })
}
