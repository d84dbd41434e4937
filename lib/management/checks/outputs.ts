import { z } from 'zod'

const shownAnswer = z.object({
  method: z.enum(['GET', 'POST']),
  url: z.string(),
  status: z.int().nullable().describe('Null: nothing came back'),
  headers: z
    .array(z.tuple([z.string(), z.string()]).readonly())
    .readonly()
    .describe('Name and value of those that a client looks at'),
  body: z.string().describe('At most 4,000 characters; a JSON object is indented'),
})

export const runCheckOutput = z.object({
  verdict: z.enum(['right', 'unsure', 'wrong']).describe('`unsure`: some clients manage with it, others do not'),
  words: z.string(),
  answers: z.array(shownAnswer).readonly(),
})
