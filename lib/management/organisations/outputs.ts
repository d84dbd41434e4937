import { z } from 'zod'
import { nextCursor } from '../outputs.ts'

const organisationEvent = z.object({
  id: z.string(),
  at: z.date(),
  action: z.string(),
  actorKind: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
  address: z.string().nullable(),
})

export const getOrganisationOutput = z.object({
  id: z.string(),
  name: z.string(),
  requireSecondFactor: z.boolean(),
  createdAt: z.date(),
  memberCount: z.int(),
  projectCount: z.int(),
  ownerCount: z.int(),
  membersWithoutSecondFactor: z.int().describe('Members with neither an authenticator app nor a passkey'),
  mails: z.boolean().describe('This installation sends mail, so that invitations go out by themselves'),
})

export const listActivityOutput = z.object({ events: z.array(organisationEvent), nextCursor })
