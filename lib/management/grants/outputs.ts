import { z } from 'zod'
import { nextCursor } from '../outputs.ts'

const grant = z
  .object({
    id: z.uuid(),
    clientId: z.string(),
    clientName: z.string().nullable(),
    userId: z.string(),
    userEmail: z.string().nullable(),
    scope: z.string().describe('Granted, separated by blanks'),
    resources: z.array(z.string()).readonly(),
    createdAt: z.date(),
    lastUsedAt: z.date().nullable().describe('When its refresh token was last used'),
    revokedAt: z.date().nullable(),
    revokedReason: z.string().nullable(),
  })
  .meta({ id: 'Grant' })

export const listGrantsOutput = z.object({ grants: z.array(grant), nextCursor })

export const revokeGrantsOutput = z.object({ revoked: z.int().describe('How many ended') })
