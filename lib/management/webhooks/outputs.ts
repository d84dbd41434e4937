import { z } from 'zod'
import { nextCursor } from '../outputs.ts'

const webhookEndpoint = z.object({
  endpointId: z.string(),
  url: z.string(),
  description: z.string(),
  events: z.array(z.string()).readonly().describe('Empty: every event'),
  lastFour: z.string(),
  secretOpens: z.boolean().describe('False: KEY_ENCRYPTION_KEY is not the one it was sealed with. Nothing is signed, so nothing is sent'),
  previousSecretExpiresAt: z.date().nullable(),
  disabledAt: z.date().nullable(),
  failingSince: z.date().nullable().describe('Since when nothing arrived; null: the last one did'),
  createdAt: z.date(),
  deliveries: z.object({ delivered: z.int(), pending: z.int(), failed: z.int() }),
})

const webhookDelivery = z.object({
  deliveryId: z.string(),
  eventId: z.string().nullable().describe('Of the audit log; null for a test'),
  action: z.string(),
  state: z.enum(['delivered', 'failed', 'pending']),
  attempts: z.int(),
  nextAttemptAt: z.date().nullable(),
  deliveredAt: z.date().nullable(),
  createdAt: z.date(),
})

const webhookAttempt = z.object({
  number: z.int(),
  at: z.date(),
  status: z.int().nullable().describe('HTTP; null: no answer came, `problem` says why'),
  problem: z.string().nullable(),
  answer: z.string().nullable().describe('Its first 2,000 characters'),
  milliseconds: z.int(),
})

export const listWebhookEndpointsOutput = z.object({ endpoints: z.array(webhookEndpoint) })

export const createWebhookEndpointOutput = z.object({ endpointId: z.string(), secret: z.string() })

export const getWebhookEndpointOutput = webhookEndpoint

export const rotateWebhookSecretOutput = z.object({ secret: z.string() })

export const sendTestWebhookOutput = z.object({ deliveryId: z.string() })

export const listWebhookDeliveriesOutput = z.object({ deliveries: z.array(webhookDelivery), nextCursor })

export const getWebhookDeliveryOutput = webhookDelivery.extend({ payload: z.string(), tries: z.array(webhookAttempt) })

export const replayWebhookDeliveriesOutput = z.object({ replayed: z.int() })
