import { prisma } from '#lib/db/client.ts'
import type { ManagementContext } from '../context.ts'
import { unique } from '../fixtures.ts'
import type { Samples } from '../samples.ts'
import { claimDomain } from './claim.ts'
import { newChallenge } from './record.ts'

const host = (): string => `${unique('login')}.example.com`

const newIssuer = async ({ project }: ManagementContext): Promise<string> => {
  const url = `https://${host()}`
  await prisma().issuer.create({ data: { projectId: project.id, url, kind: 'custom', isPrimary: false } })
  return url
}

/** A name that nobody is asked about: a look for its record ends here. */
const newUnaskedDomain = async ({ project }: ManagementContext): Promise<string> => {
  const name = `${unique('login')}.invalid`
  await prisma().customDomain.create({ data: { projectId: project.id, host: name, challenge: newChallenge() } })
  return name
}

export const domainSamples: Samples = {
  listIssuers: { input: async () => ({}) },
  setPrimaryIssuer: { input: async ({ ctx }) => ({ url: await newIssuer(ctx) }), byId: true },
  listDomains: { input: async () => ({}) },
  claimDomain: { input: async () => ({ host: host() }) },
  checkDomain: { input: async ({ ctx }) => ({ host: await newUnaskedDomain(ctx) }), byId: true },
  removeDomain: { input: async ({ ctx }) => ({ host: (await claimDomain(ctx, { host: host() })).host }), byId: true },
}
