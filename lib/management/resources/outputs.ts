import { z } from 'zod'
import { affectedGrants } from '../outputs.ts'

export const listedResource = z.object({
  identifier: z.string(),
  name: z.string(),
  isDefault: z.boolean(),
  aliases: z.array(z.string()).readonly().describe('Other names that clients ask for it by'),
  createdAt: z.date(),
})

const unknownResource = z.object({
  resource: z.string().describe('In the one spelling that stands for all that differ by slash, case or port'),
  requests: z.int(),
  lastAskedAt: z.date().describe('The hour of the last one'),
  clients: z
    .array(z.object({ clientId: z.string(), name: z.string() }))
    .readonly()
    .describe('At most three of those that asked, as far as they are known'),
})

export const listResourcesOutput = z.object({ resources: z.array(listedResource), nextCursor: z.null() })

export const createResourceOutput = z.object({ identifier: z.string() })

export const createResourceAliasOutput = z.object({ alias: z.string() })

export const listUnknownResourcesOutput = z.object({ unknownResources: z.array(unknownResource), nextCursor: z.null() })

export const listResourceUseOutput = z.object({
  resources: z.array(z.object({ identifier: z.string(), ...affectedGrants })),
  nextCursor: z.null(),
})
