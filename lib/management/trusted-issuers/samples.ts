import type { ManagementContext } from '../context.ts'
import { unique } from '../fixtures.ts'
import type { Samples } from '../samples.ts'
import { createTrustedIssuer } from './create.ts'

const jag = () => ({ kind: 'id-jag', issuer: `https://${unique('idp')}.example`, jwksUri: 'https://idp.example/jwks' }) as const

const newTrustedIssuer = async (ctx: ManagementContext): Promise<string> => (await createTrustedIssuer(ctx, jag())).id

export const trustedIssuerSamples: Samples = {
  listTrustedIssuers: { input: async () => ({}) },
  createTrustedIssuer: { input: async () => jag() },
  updateTrustedIssuer: { input: async ({ ctx }) => ({ id: await newTrustedIssuer(ctx), linkByEmail: true }), byId: true },
  deleteTrustedIssuer: { input: async ({ ctx }) => ({ id: await newTrustedIssuer(ctx) }), byId: true },
}
