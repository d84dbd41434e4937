import type { Samples } from '../samples.ts'
import { createApiKey } from './create.ts'

export const apiKeySamples: Samples = {
  listApiKeys: { input: async () => ({}) },
  createApiKey: {
    input: async ({ ctx }) => ({
      name: 'Deployments',
      permissions: ['client:read', 'client:write'],
      project: ctx.project.slug,
      expiresInDays: 90,
    }),
  },
  revokeApiKey: {
    input: async ({ owner }) => ({ apiKeyId: (await createApiKey(owner, { name: 'Old script', permissions: ['client:read'] })).apiKeyId }),
    byId: true,
  },
}
