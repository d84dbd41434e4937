import { z } from 'zod'
import { SERVER_CHECKS } from '../checks/inputs.ts'

const requirement = z.object({
  id: z.string(),
  group: z.enum(['Authorization', 'Connections', 'Your project', 'Your server']),
  title: z.string(),
  state: z.enum(['ready', 'needs-you', 'unseen']).describe('`unseen`: on the MCP server, where only its owner or a check can look'),
  why: z.string(),
  evidence: z.string().nullable().describe('The setting or fact that decides it'),
  mend: z.string().nullable().describe('Where it is changed, below the project’s pages'),
  check: z
    .enum([...SERVER_CHECKS, 'issuer'])
    .nullable()
    .describe('What shows it: a check of the MCP server, or a look at the issuer'),
})

export const getReadinessOutput = z.object({ requirements: z.array(requirement).readonly(), nextCursor: z.null() })
