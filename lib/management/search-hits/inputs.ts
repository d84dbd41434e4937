import { z } from 'zod'
import { listQuery } from '../fields.ts'

export const searchInput = z.object({
  /** Part of a name or an address, or a whole id. */
  query: listQuery.min(1, 'Something to look for'),
})
export type SearchInput = z.input<typeof searchInput>
