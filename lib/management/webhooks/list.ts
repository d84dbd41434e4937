import { read } from '#lib/db/transaction.ts'
import { secretOpens } from '#lib/webhooks/secrets.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type WebhookEndpointInput, webhookEndpointInput } from './inputs.ts'

export type WebhookEndpoint = {
  readonly endpointId: string
  readonly url: string
  readonly description: string
  /** Empty: every event. */
  readonly events: readonly string[]
  readonly lastFour: string
  /** False: KEY_ENCRYPTION_KEY is not the one it was sealed with. Nothing is signed, so nothing is sent. */
  readonly secretOpens: boolean
  readonly previousSecretExpiresAt: Date | null
  readonly disabledAt: Date | null
  /** Since when nothing arrived; null: the last one did. */
  readonly failingSince: Date | null
  readonly createdAt: Date
  readonly deliveries: { readonly delivered: number; readonly pending: number; readonly failed: number }
}

const columns = {
  ...{ id: true, url: true, description: true, events: true, lastFour: true, previousSecretExpiresAt: true },
  ...{ sealedSecret: true, disabledAt: true, failingSince: true, createdAt: true },
} as const

/** Oldest first. Deliveries are counted as far back as they are kept, thirty days. */
export async function listWebhookEndpoints(ctx: ManagementContext): Promise<{ endpoints: WebhookEndpoint[] }> {
  requirePermission(ctx, 'webhook:read')
  return { endpoints: await endpointsOf(ctx) }
}

/** Throws `forbidden`, `not_found`. */
export async function getWebhookEndpoint(ctx: ManagementContext, input: WebhookEndpointInput): Promise<WebhookEndpoint> {
  requirePermission(ctx, 'webhook:read')
  const { endpointId } = parseInput(webhookEndpointInput, input)
  const [endpoint] = await endpointsOf(ctx, endpointId)
  if (!endpoint) throw notFound('Webhook endpoint')
  return endpoint
}

async function endpointsOf(ctx: ManagementContext, id?: string): Promise<WebhookEndpoint[]> {
  const projectId = ctx.project.id
  const rows = await read((db) =>
    db.webhookEndpoint.findMany({ where: { projectId, ...(id === undefined ? {} : { id }) }, select: columns, orderBy: { id: 'asc' } }),
  )
  const counts = await read((db) =>
    db.webhookDelivery.groupBy({
      by: ['endpointId', 'state'],
      where: { projectId, ...(id === undefined ? {} : { endpointId: id }) },
      _count: true,
    }),
  )
  const countOf = (endpointId: string, state: string): number =>
    counts.find((each) => each.endpointId === endpointId && each.state === state)?._count ?? 0
  return rows.map(({ id: endpointId, events, sealedSecret, ...row }) => ({
    ...row,
    endpointId,
    secretOpens: secretOpens({ projectId, id: endpointId, sealedSecret }),
    events: JSON.parse(events) as string[],
    deliveries: {
      delivered: countOf(endpointId, 'delivered'),
      pending: countOf(endpointId, 'pending'),
      failed: countOf(endpointId, 'failed'),
    },
  }))
}
