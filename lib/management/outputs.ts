import { z } from 'zod'

/** Parts that several answers share; for the reference of the management API. */

export const nextCursor = z.string().nullable().describe('`cursor` of the next page; null on the last')

export const nothing = z.void()

export const affectedGrants = {
  grants: z.int().describe('Living grants that have it'),
  clients: z
    .array(z.object({ clientId: z.string(), name: z.string(), grants: z.int() }))
    .readonly()
    .describe('At most three, the one with the most grants first'),
}
