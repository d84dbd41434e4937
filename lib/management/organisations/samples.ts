import { prisma } from '#lib/db/client.ts'
import { notFound } from '../context.ts'
import { unique } from '../fixtures.ts'
import type { Samples } from '../samples.ts'

export const organisationSamples: Samples = {
  getOrganisation: { input: async () => ({}) },
  renameOrganisation: { input: async () => ({ name: unique('Acme') }) },
  deleteOrganisation: {
    input: async ({ owner: { organisation } }) => {
      const where = { organisationId: organisation.id }
      await prisma().project.updateMany({ where, data: { deletedAt: new Date() } })
      const found = await prisma().organisation.findUnique({ where: { id: organisation.id }, select: { name: true } })
      if (!found) throw notFound('Organisation')
      return found
    },
  },
  requireSecondFactor: {
    input: async ({ owner }) => {
      await prisma().organisation.update({ where: { id: owner.organisation.id }, data: { requireSecondFactor: true } })
      return { required: false }
    },
  },
  listActivity: { input: async () => ({}) },
}
