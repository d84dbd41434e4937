import { newGrant } from '../fixtures.ts'
import { newClient, type Samples } from '../samples.ts'

export const grantSamples: Samples = {
  listGrants: { input: async () => ({ status: 'living' }) },
  revokeGrant: { input: async ({ ctx }) => ({ grantId: await newGrant(ctx, await newClient(ctx), 'user_1') }), byId: true },
  revokeGrants: { input: async ({ ctx }) => ({ grantIds: [await newGrant(ctx, await newClient(ctx), 'user_1')] }), byId: true },
}
