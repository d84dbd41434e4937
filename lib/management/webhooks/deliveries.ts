import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ListWebhookDeliveriesInput, listWebhookDeliveriesInput, type WebhookDeliveryInput, webhookDeliveryInput } from './inputs.ts'

export type WebhookDelivery = {
  readonly deliveryId: string
  /** Of the audit log; null for a test. */
  readonly eventId: string | null
  readonly action: string
  readonly state: 'pending' | 'delivered' | 'failed'
  readonly attempts: number
  readonly nextAttemptAt: Date | null
  readonly deliveredAt: Date | null
  readonly createdAt: Date
}

export type WebhookAttempt = {
  readonly number: number
  readonly at: Date
  /** HTTP; null: no answer came, `problem` says why. */
  readonly status: number | null
  readonly problem: string | null
  /** Its first 2,000 characters. */
  readonly answer: string | null
  readonly milliseconds: number
}

const columns = {
  ...{ id: true, eventId: true, action: true, state: true, attempts: true, nextAttemptAt: true },
  ...{ deliveredAt: true, createdAt: true },
} as const

type Row = Omit<WebhookDelivery, 'deliveryId' | 'state'> & { readonly id: string; readonly state: string }

const deliveryOf = ({ id, state, ...row }: Row): WebhookDelivery => ({ ...row, deliveryId: id, state: state as WebhookDelivery['state'] })

/** Newest first. Throws `forbidden`, `invalid`, `not_found`. */
export async function listWebhookDeliveries(
  ctx: ManagementContext,
  input: ListWebhookDeliveriesInput,
): Promise<{ deliveries: WebhookDelivery[]; nextCursor: string | null }> {
  requirePermission(ctx, 'webhook:read')
  const { endpointId, state, action, cursor, take } = parseInput(listWebhookDeliveriesInput, input)
  const projectId = ctx.project.id
  const endpoint = await read((db) => db.webhookEndpoint.findFirst({ where: { projectId, id: endpointId }, select: { id: true } }))
  if (!endpoint) throw notFound('Webhook endpoint')

  const rows = await read((db) =>
    db.webhookDelivery.findMany({
      where: {
        ...{ projectId, endpointId },
        ...(state === undefined ? {} : { state }),
        ...(action === undefined ? {} : { action }),
        ...(cursor === undefined ? {} : { id: { lt: cursor } }),
      },
      select: columns,
      orderBy: { id: 'desc' },
      take: take + 1,
    }),
  )
  const page = rows.slice(0, take)
  return { deliveries: page.map(deliveryOf), nextCursor: rows.length > take ? (page.at(-1)?.id ?? null) : null }
}

/** With what is sent and every try so far, the newest first. Throws `forbidden`, `not_found`. */
export async function getWebhookDelivery(
  ctx: ManagementContext,
  input: WebhookDeliveryInput,
): Promise<WebhookDelivery & { payload: string; tries: WebhookAttempt[] }> {
  requirePermission(ctx, 'webhook:read')
  const { endpointId, deliveryId } = parseInput(webhookDeliveryInput, input)
  const projectId = ctx.project.id
  const where = { projectId, id: deliveryId, endpointId }
  const row = await read((db) => db.webhookDelivery.findFirst({ where, select: { ...columns, payload: true } }))
  if (!row) throw notFound('Webhook delivery')
  const tries = await read((db) =>
    db.webhookAttempt.findMany({
      where: { projectId, deliveryId },
      omit: { projectId: true, deliveryId: true },
      orderBy: { number: 'desc' },
      take: 50,
    }),
  )
  const { payload, ...rest } = row
  return { ...deliveryOf(rest), payload, tries }
}
