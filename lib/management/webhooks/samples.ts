import { prisma } from '#lib/db/client.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { seal } from '#lib/keys/seal.ts'
import { newWebhookSecret } from '#lib/webhooks/signature.ts'
import type { ManagementContext } from '../context.ts'
import type { Samples } from '../samples.ts'
import { deleteWebhookEndpoint } from './delete.ts'
import { listWebhookEndpoints } from './list.ts'
import { sendTestWebhook } from './test.ts'

const URL = 'https://receiver.example.com/webhooks'

/** As `createWebhookEndpoint` would have made it. */
export async function newEndpoint(ctx: ManagementContext, url = URL, events: readonly string[] = []): Promise<string> {
  const [projectId, id, secret] = [ctx.project.id, uuidv7(), newWebhookSecret()]
  const sealedSecret = seal(secret, { projectId, kind: 'webhook-secret', id })
  await prisma().webhookEndpoint.create({
    data: { projectId, id, url, events: JSON.stringify(events), sealedSecret, lastFour: secret.slice(-4), cursor: id },
  })
  return id
}

async function newDelivery(ctx: ManagementContext): Promise<{ endpointId: string; deliveryId: string }> {
  const endpointId = await newEndpoint(ctx)
  return { endpointId, ...(await sendTestWebhook(ctx, { endpointId })) }
}

/** There is room for ten only. */
async function withRoom(ctx: ManagementContext): Promise<void> {
  const { endpoints } = await listWebhookEndpoints(ctx)
  for (const { endpointId } of endpoints) await deleteWebhookEndpoint(ctx, { endpointId })
}

export const webhookSamples: Samples = {
  listWebhookEndpoints: { input: async () => ({}) },
  createWebhookEndpoint: {
    input: async ({ ctx }) => {
      await withRoom(ctx)
      return { url: URL, description: 'Our CRM', events: ['client.*', 'grant.revoked'] }
    },
  },
  getWebhookEndpoint: { input: async ({ ctx }) => ({ endpointId: await newEndpoint(ctx) }), byId: true },
  updateWebhookEndpoint: {
    input: async ({ ctx }) => ({ endpointId: await newEndpoint(ctx), enabled: false, events: ['user.*'] }),
    byId: true,
  },
  deleteWebhookEndpoint: { input: async ({ ctx }) => ({ endpointId: await newEndpoint(ctx) }), byId: true },
  rotateWebhookSecret: { input: async ({ ctx }) => ({ endpointId: await newEndpoint(ctx), overlapHours: 24 }), byId: true },
  sendTestWebhook: { input: async ({ ctx }) => ({ endpointId: await newEndpoint(ctx) }), byId: true },
  listWebhookDeliveries: { input: async ({ ctx }) => ({ endpointId: await newEndpoint(ctx) }), byId: true },
  getWebhookDelivery: { input: async ({ ctx }) => newDelivery(ctx), byId: true },
  replayWebhookDeliveries: {
    input: async ({ ctx }) => {
      const { endpointId, deliveryId } = await newDelivery(ctx)
      return { endpointId, deliveryIds: [deliveryId] }
    },
    byId: true,
  },
}
