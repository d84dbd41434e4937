import { prisma } from '#lib/db/client.ts'
import type { ManagementContext } from '../context.ts'
import { unique } from '../fixtures.ts'
import type { Samples } from '../samples.ts'
import { createTestProject } from './create-test-project.ts'
import { getPromotion } from './promotion.ts'

const RESOURCE = 'https://mcp.example.com/mcp'

/** A project has one test project at a time. */
const withoutTestProject = ({ project }: ManagementContext) =>
  prisma().project.updateMany({ where: { liveProjectId: project.id, deletedAt: null }, data: { deletedAt: new Date() } })

/** In which one setting is another than in the live project. */
async function newTestProject(ctx: ManagementContext): Promise<void> {
  await withoutTestProject(ctx)
  const { slug } = await createTestProject(ctx, { slug: unique('twin') })
  const { accessTokenTtlSeconds } = await prisma().project.findUniqueOrThrow({ where: { id: ctx.project.id } })
  await prisma().project.update({ where: { slug }, data: { accessTokenTtlSeconds: accessTokenTtlSeconds + 1 } })
}

export const projectSamples: Samples = {
  listProjects: { input: async () => ({}) },
  createProject: { input: async () => ({ name: 'Files', slug: unique('files'), resource: RESOURCE }) },
  getProject: { input: async () => ({}) },
  updateProject: { input: async () => ({ name: unique('Notes') }) },
  deleteProject: {
    input: async ({ ctx }) => ({ name: (await prisma().project.findUniqueOrThrow({ where: { id: ctx.project.id } })).name }),
  },
  getDeletionImpact: { input: async () => ({}) },
  getProgress: { input: async () => ({}) },
  getEnvironment: { input: async () => ({}) },
  createTestProject: {
    input: async ({ ctx }) => {
      await withoutTestProject(ctx)
      return { slug: unique('twin') }
    },
  },
  getPromotion: {
    input: async ({ ctx }) => {
      await newTestProject(ctx)
      return {}
    },
  },
  promoteSettings: {
    input: async ({ ctx }) => {
      await newTestProject(ctx)
      return { version: (await getPromotion(ctx)).version }
    },
  },
}
