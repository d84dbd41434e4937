import { prisma } from '#lib/db/client.ts'
import { unique } from '../fixtures.ts'
import type { Samples } from '../samples.ts'

export const organisationSamples: Samples = {
  getOrganisation: { input: async () => ({}) },
  renameOrganisation: { input: async () => ({ name: unique('Acme') }) },
  requireSecondFactor: {
    input: async ({ owner }) => {
      await prisma().organisation.update({ where: { id: owner.organisation.id }, data: { requireSecondFactor: true } })
      return { required: false }
    },
  },
  listActivity: { input: async () => ({}) },
}
