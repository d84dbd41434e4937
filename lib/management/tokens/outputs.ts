import { z } from 'zod'

const finding = z.object({
  claim: z.string(),
  value: z.string().nullable(),
  verdict: z.enum(['good', 'note', 'bad']).describe('`note`: it is fine, and worth knowing'),
  words: z.string(),
})

export const checkTokenOutput = z.object({
  kind: z.enum(['access-token', 'id-token', 'other']),
  isOurs: z.boolean().describe('Signed by a key of this project; of any other token only what stands in it is said'),
  isAccepted: z.boolean().describe('Whether an MCP server of this project should let it in'),
  findings: z.array(finding).readonly(),
  header: z.string().describe('As JSON, indented'),
  claims: z.string().describe('As JSON, indented'),
})
