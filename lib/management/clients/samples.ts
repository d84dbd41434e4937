import { newClient, type Samples } from '../samples.ts'
import { blockClient } from './block.ts'

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
  blockClient: { input: async ({ ctx }) => ({ clientId: await newClient(ctx) }), byId: true },
  unblockClient: {
    input: async ({ ctx }) => {
      const clientId = await newClient(ctx)
      await blockClient(ctx, { clientId })
      return { clientId }
    },
    byId: true,
  },
  revokeClient: { input: async ({ ctx }) => ({ clientId: await newClient(ctx) }), byId: true },
}
