import { z } from 'zod'

/** Parts that several answers share; for the reference of the management API. */

export const nextCursor = z.string().nullable().describe('`cursor` of the next page; null on the last')

export const nothing = z.void()
