import { z } from 'zod'
import { affectedGrants } from '../outputs.ts'

export const listedScope = z.object({
  name: z.string(),
  description: z.string(),
  risk: z.enum(['high', 'low', 'medium']),
  isRequired: z.boolean(),
  isDefault: z.boolean(),
  position: z.int(),
})

export const listScopesOutput = z.object({ scopes: z.array(listedScope), nextCursor: z.null() })

export const createScopeOutput = z.object({ name: z.string() })

export const listScopeUseOutput = z.object({ scopes: z.array(z.object({ name: z.string(), ...affectedGrants })), nextCursor: z.null() })
