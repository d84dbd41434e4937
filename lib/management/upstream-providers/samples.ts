import { randomUUID } from 'node:crypto'
import type { Setting } from '../fixtures.ts'
import type { Samples } from '../samples.ts'
import { createUpstreamProvider } from './create.ts'
import type { CreateUpstreamProviderInput } from './inputs.ts'

/** Each with an issuer of its own, at which nobody answers. */
const newProvider = (): CreateUpstreamProviderInput => ({
  ...{ preset: 'oidc', issuer: `https://${randomUUID()}.example.com` },
  ...{ clientId: 'gatehouse', clientSecret: 'secret-at-the-provider' },
})

const newProviderId = async ({ ctx }: Setting): Promise<string> => (await createUpstreamProvider(ctx, newProvider())).id

export const upstreamProviderSamples: Samples = {
  listUpstreamProviders: { input: async () => ({}) },
  createUpstreamProvider: { input: async () => newProvider() },
  updateUpstreamProvider: { input: async (setting) => ({ id: await newProviderId(setting), enabled: false }), byId: true },
  deleteUpstreamProvider: { input: async (setting) => ({ id: await newProviderId(setting) }), byId: true },
  testUpstreamProvider: { input: async (setting) => ({ id: await newProviderId(setting) }), byId: true },
}
