import { z } from 'zod'

export const liveSecret = z.object({
  id: z.string(),
  kind: z.enum(['registration', 'server']),
  name: z.string().describe('What its owner calls it; empty for one that nobody named'),
  hint: z.string().describe('With its prefix, as people know it: `gate_reg_…a1b2`'),
  createdAt: z.date(),
  expiresAt: z.date().nullable().describe('The end of the overlap, once a newer one replaced it'),
  lastUsedAt: z.date().nullable().describe('To the minute'),
  lastUsedFrom: z.string().nullable().describe('The address it came from then'),
})

export const listProjectSecretsOutput = z.object({ secrets: z.array(liveSecret), nextCursor: z.null() })

export const createProjectSecretOutput = z.object({ secretId: z.string(), secret: z.string() })

export const rotateProjectSecretOutput = z.object({ secretId: z.string(), secret: z.string() })

export const rotateProjectSecretsOutput = z.object({ secretId: z.string(), secret: z.string() })
