import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { seal } from '#lib/keys/seal.ts'
import { newWebhookSecret } from '#lib/webhooks/signature.ts'
import { auditSource, conflict, type ManagementContext, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type CreateWebhookEndpointInput, createWebhookEndpointInput } from './inputs.ts'
import { requireReceiver } from './url.ts'

const MAX_ENDPOINTS = 10

/**
 * Events from now on are sent there, signed. `secret`, once: it is kept sealed.
 * Throws `forbidden`, `reauthenticate`, `invalid`, `conflict` beyond ten.
 */
export async function createWebhookEndpoint(
  ctx: ManagementContext,
  input: CreateWebhookEndpointInput,
): Promise<{ endpointId: string; secret: string }> {
  requirePermission(ctx, 'webhook:write')
  requireRecentAuthentication(ctx)
  const { url, description, events } = parseInput(createWebhookEndpointInput, input)
  requireReceiver(url)
  const projectId = ctx.project.id
  const secret = newWebhookSecret()

  const endpointId = await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx) // queues creations: two at once do not both find room
    if ((await tx.webhookEndpoint.count({ where: { projectId } })) >= MAX_ENDPOINTS)
      throw conflict(`A project has at most ${MAX_ENDPOINTS} endpoints`)
    const id = uuidv7()
    const sealedSecret = seal(secret, { projectId, kind: 'webhook-secret', id })
    await tx.webhookEndpoint.create({
      data: { projectId, id, url, description, events: JSON.stringify(events), sealedSecret, lastFour: secret.slice(-4), cursor: id },
    })
    await recordAudit(tx, auditSource(ctx), { action: 'webhook_endpoint.created', endpointId: id, url, changes: { events } })
    return id
  })
  return { endpointId, secret }
}
