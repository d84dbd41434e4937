import type { ManagementContext } from '../context.ts'
import { unique } from '../fixtures.ts'
import type { Samples } from '../samples.ts'
import { createResource } from './create.ts'
import { createResourceAlias } from './create-alias.ts'

const url = (): string => `https://${unique('mcp')}.example.com/mcp`

const newResource = async (ctx: ManagementContext): Promise<string> =>
  (await createResource(ctx, { identifier: url(), name: 'Files' })).identifier

export const resourceSamples: Samples = {
  listResources: { input: async () => ({}) },
  createResource: { input: async () => ({ identifier: url(), name: 'Files' }) },
  updateResource: { input: async ({ ctx }) => ({ identifier: await newResource(ctx), name: 'Documents' }), byId: true },
  deleteResource: { input: async ({ ctx }) => ({ identifier: await newResource(ctx) }), byId: true },
  createResourceAlias: { input: async ({ ctx }) => ({ identifier: await newResource(ctx), alias: url() }), byId: true },
  deleteResourceAlias: {
    input: async ({ ctx }) => {
      const identifier = await newResource(ctx)
      return { identifier, ...(await createResourceAlias(ctx, { identifier, alias: url() })) }
    },
    byId: true,
  },
  listResourceUse: { input: async () => ({}) },
  listUnknownResources: { input: async () => ({}) },
}
