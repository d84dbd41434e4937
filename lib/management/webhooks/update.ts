import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { changesOf } from '../changes.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, invalid, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type UpdateWebhookEndpointInput, updateWebhookEndpointInput } from './inputs.ts'
import { requireReceiver } from './url.ts'

/** Throws `forbidden`, `invalid`, `not_found`. */
export async function updateWebhookEndpoint(ctx: ManagementContext, input: UpdateWebhookEndpointInput): Promise<void> {
  requirePermission(ctx, 'webhook:write')
  const { endpointId, enabled, events, url, description } = parseInput(updateWebhookEndpointInput, input)
  if (url !== undefined) requireReceiver(url)
  const where = { projectId: ctx.project.id, id: endpointId }

  await inTransaction(async (tx) => {
    const row = await tx.webhookEndpoint.findFirst({ where })
    if (!row) throw notFound('Webhook endpoint')
    const old = { url: row.url, description: row.description, events: row.events, enabled: row.disabledAt === null }
    const wanted = { url, description, events: events && JSON.stringify(events), enabled }
    const { after, changes } = changesOf(old, wanted)
    if (Object.keys(changes).length === 0) throw invalid({ url: 'Nothing would change' })
    const { enabled: isOn, ...columns } = after
    const now = await databaseTime(tx)
    await tx.webhookEndpoint.updateMany({
      where,
      data: {
        ...columns,
        ...(isOn === true ? { disabledAt: null, failingSince: null, cursor: uuidv7() } : {}),
        ...(isOn === false ? { disabledAt: now } : {}),
      },
    })
    await recordAudit(tx, auditSource(ctx), { action: 'webhook_endpoint.updated', endpointId, url: columns.url ?? row.url, changes })
  })
}
