import { z } from 'zod'
import { displayName, uuid } from '../fields.ts'

/** What of the page's address makes a view: its filters, not the place in the list and not the open event. */
export const VIEW_PARAMETERS = [
  ...(['kind', 'outcome', 'actor', 'client', 'user', 'grant', 'request', 'scope', 'resource', 'reason', 'error', 'text'] as const),
  ...(['range', 'from', 'to'] as const),
] as const

const known: readonly string[] = VIEW_PARAMETERS

/** A query string of `VIEW_PARAMETERS`, each at most once; stored in their order. */
const viewQuery = z
  .string()
  .min(1, 'Set a filter first')
  .max(2_000, 'At most 2,000 characters')
  .refine((query) => {
    const names = [...new URLSearchParams(query).keys()]
    return names.length > 0 && names.every((name) => known.includes(name)) && new Set(names).size === names.length
  }, 'This is not a filter of the audit log')
  .transform((query) => {
    const given = new URLSearchParams(query)
    return new URLSearchParams(VIEW_PARAMETERS.flatMap((name) => (given.has(name) ? [[name, given.get(name) ?? '']] : []))).toString()
  })

export const createSavedViewInput = z.object({ name: displayName, query: viewQuery })
export type CreateSavedViewInput = z.input<typeof createSavedViewInput>

export const deleteSavedViewInput = z.object({ id: uuid })
export type DeleteSavedViewInput = z.input<typeof deleteSavedViewInput>

export const listSavedViewsInput = z.object({})
