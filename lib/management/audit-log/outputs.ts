import { z } from 'zod'
import { nextCursor } from '../outputs.ts'

const auditEvent = z.object({
  id: z.string(),
  at: z.date(),
  action: z.string().describe('`<noun>.<past participle>`'),
  step: z.string(),
  outcome: z.enum(['ok', 'refused']),
  actorKind: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  clientId: z.string().nullable(),
  clientName: z.string().nullable(),
  userId: z.string().nullable(),
  userEmail: z.string().nullable(),
  grantId: z.string().nullable(),
  requestId: z.string().nullable(),
  reason: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
  address: z.string().nullable(),
})

const errorGroup = z.object({
  code: z.string().describe('Stable: a reason of the protocol, or `<part>_<reason>`'),
  places: z.array(z.string()).readonly().describe('Endpoints and pages that gave it'),
  count: z.int(),
  recorded: z
    .int()
    .describe('How many of them stand in the log by themselves; the others prove nothing of the caller and are only counted, by the hour'),
  firstSeenAt: z.date(),
  lastSeenAt: z.date(),
})

export const listAuditEventsOutput = z.object({ events: z.array(auditEvent), nextCursor })

export const tailAuditEventsOutput = z.object({
  events: z.array(auditEvent).describe('Newest first; those of the last seconds before `after` again, so drop what you know'),
  isCut: z.boolean().describe('There were more than fit: list the log anew'),
  after: z.string().nullable().describe('What to give as `after` the next time; null: nothing ever happened here'),
})

export const getAuditEventOutput = auditEvent

export const exportAuditEventsOutput = z.object({ events: z.array(auditEvent), nextCursor })

export const groupErrorsOutput = z.object({ errors: z.array(errorGroup), nextCursor: z.null() })
