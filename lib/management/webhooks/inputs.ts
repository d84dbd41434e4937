import { z } from 'zod'
import { overlapHours, take, uuid } from '../fields.ts'

const url = z.string().trim().min(1, 'An https URL').max(2048, 'At most 2,048 characters')
const description = z.string().trim().max(200, 'At most 200 characters')

/** Actions such as `token.issued`, or all of a noun as `client.*`. Empty: every event. */
const events = z
  .array(z.string().regex(/^[a-z_]{1,40}\.(?:[a-z_]{1,40}|\*)$/, 'Such as token.issued or client.*'))
  .max(100, 'At most 100 kinds')
  .transform((kinds) => [...new Set(kinds)])

export const createWebhookEndpointInput = z.object({ url, description: description.default(''), events: events.default([]) })
export type CreateWebhookEndpointInput = z.input<typeof createWebhookEndpointInput>

export const updateWebhookEndpointInput = z.object({
  endpointId: uuid,
  url: url.optional(),
  description: description.optional(),
  events: events.optional(),
  /** Switched on again it begins with what happens from then on. */
  enabled: z.boolean().optional(),
})
export type UpdateWebhookEndpointInput = z.input<typeof updateWebhookEndpointInput>

export const webhookEndpointInput = z.object({ endpointId: uuid })
export type WebhookEndpointInput = z.input<typeof webhookEndpointInput>

/** During the overlap both secrets sign. */
export const rotateWebhookSecretInput = z.object({ endpointId: uuid, overlapHours })
export type RotateWebhookSecretInput = z.input<typeof rotateWebhookSecretInput>

export const listWebhookEndpointsInput = z.object({})

export const listWebhookDeliveriesInput = z.object({
  endpointId: uuid,
  state: z.enum(['pending', 'delivered', 'failed']).optional(),
  action: z
    .string()
    .regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/, 'Such as token.issued')
    .optional(),
  cursor: uuid.optional(),
  take,
})
export type ListWebhookDeliveriesInput = z.input<typeof listWebhookDeliveriesInput>

export const webhookDeliveryInput = z.object({ endpointId: uuid, deliveryId: uuid })
export type WebhookDeliveryInput = z.input<typeof webhookDeliveryInput>

const MAX_REPLAYED = 100

/** These deliveries, or all that failed since a moment. */
export const replayWebhookDeliveriesInput = z
  .object({
    endpointId: uuid,
    deliveryIds: z.array(uuid).min(1, 'Which deliveries?').max(MAX_REPLAYED, `At most ${MAX_REPLAYED} at once`).optional(),
    failedSince: z.iso.datetime({ offset: true, error: 'Such as 2026-11-21T12:00:00Z' }).optional(),
  })
  .refine(({ deliveryIds, failedSince }) => (deliveryIds === undefined) !== (failedSince === undefined), {
    error: 'Either deliveryIds or failedSince',
    path: ['deliveryIds'],
  })
export type ReplayWebhookDeliveriesInput = z.input<typeof replayWebhookDeliveriesInput>
