import { prisma } from '#lib/db/client.ts'
import type { ManagementContext } from '../context.ts'
import { unique } from '../fixtures.ts'
import { newClient, type Samples } from '../samples.ts'
import { blockClient } from './block.ts'
import { rotateClientSecret } from './rotate-secret.ts'

const many = { input: async ({ ctx }: { ctx: ManagementContext }) => ({ clientIds: [await newClient(ctx)] }), byId: true } as const

/** As an approval would have kept it. */
export async function newDocumentClient({ project }: ManagementContext): Promise<string> {
  const clientId = `https://app.example.com/${unique('client')}.json`
  await prisma().oAuthClient.create({
    data: {
      ...{
        projectId: project.id,
        clientId,
        name: 'App',
        source: 'document',
        tokenEndpointAuthMethod: 'none',
        metadataHash: 'a'.repeat(64),
      },
      ...{ redirectUris: '["https://app.example.com/cb"]', grantTypes: '["authorization_code"]', documentReadAt: new Date() },
    },
  })
  return clientId
}

export const clientSamples: Samples = {
  listClients: { input: async () => ({}) },
  createClient: {
    input: async () => ({
      name: 'Notes web',
      redirectUris: ['https://client.example.com/cb'],
      tokenEndpointAuthMethod: 'client_secret_basic',
    }),
  },
  getClient: { input: async ({ ctx }) => ({ clientId: await newClient(ctx) }), byId: true },
  updateClient: { input: async ({ ctx }) => ({ clientId: await newClient(ctx), name: 'Notes for the web' }), byId: true },
  rotateClientSecret: { input: async ({ ctx }) => ({ clientId: await newClient(ctx), overlapHours: 1 }), byId: true },
  endPreviousClientSecret: {
    input: async ({ ctx }) => {
      const clientId = await newClient(ctx)
      await rotateClientSecret({ ...ctx, recentlyAuthenticated: true }, { clientId, overlapHours: 1 })
      return { clientId }
    },
    byId: true,
  },
  blockClient: { input: async ({ ctx }) => ({ clientId: await newClient(ctx) }), byId: true },
  unblockClient: {
    input: async ({ ctx }) => {
      const clientId = await newClient(ctx)
      await blockClient(ctx, { clientId })
      return { clientId }
    },
    byId: true,
  },
  blockClients: many,
  unblockClients: {
    input: async ({ ctx }) => {
      const clientId = await newClient(ctx)
      await blockClient(ctx, { clientId })
      return { clientIds: [clientId] }
    },
    byId: true,
  },
  revokeClients: many,
  rereadClientDocument: { input: async ({ ctx }) => ({ clientId: await newDocumentClient(ctx) }), byId: true },
  revokeClient: { input: async ({ ctx }) => ({ clientId: await newClient(ctx) }), byId: true },
}
