import type { z } from 'zod'
import { invalid } from './context.ts'

/** The parsed input, or `invalid` with one sentence per field. Verbs parse for themselves: their callers are doors, not walls. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: z.input<Schema>): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const fields: Record<string, string> = {}
  for (const issue of result.error.issues) fields[issue.path.join('.')] ??= issue.message
  throw invalid(fields)
}
