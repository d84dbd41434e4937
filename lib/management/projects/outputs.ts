import { z } from 'zod'
import { nextCursor } from '../outputs.ts'

const listed = z
  .object({
    slug: z.string(),
    name: z.string(),
    environment: z.enum(['live', 'test']),
    liveSlug: z.string().nullable().describe('Of a test project: the slug of its live one'),
    issuer: z.string().describe('URL of the primary issuer'),
    resource: z.string().describe('The default resource'),
    createdAt: z.date(),
    lastActivityAt: z.date().nullable().describe('The newest event in its log'),
    clientCount: z.int().describe('Living clients, counted up to 1,001'),
    userCount: z.int().describe('Counted up to 1,001'),
    errorCount: z.int().describe('What was refused in the last 24 hours'),
  })
  .meta({ id: 'Project' })

export const listProjectsOutput = z.object({ projects: z.array(listed), nextCursor })

export const deletionImpactOutput = z.object({ users: z.int(), clients: z.int(), grants: z.int().describe('Living grants') })

export const createProjectOutput = z.object({
  slug: z.string(),
  issuer: z.string(),
  resource: z.string().describe('The default one'),
  registrationSecret: z.string().describe('Shown here and never again'),
  serverSecret: z.string().describe('Shown here and never again'),
})
