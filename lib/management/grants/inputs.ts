import { z } from 'zod'
import { clientId, cursor, listQuery, take, userId, uuid } from '../fields.ts'

export const listGrantsInput = z.object({
  clientId: clientId.optional(),
  userId: userId.optional(),
  /** Identifier of a resource. */
  resource: z.string().trim().min(1).max(2048).optional(),
  /** Part of a client's name or of a user's name or address. */
  query: listQuery.optional(),
  status: z.enum(['living', 'revoked', 'all']).default('living'),
  sort: z.enum(['createdAt', '-createdAt']).default('-createdAt'),
  cursor: cursor.optional(),
  take,
})
export type ListGrantsInput = z.input<typeof listGrantsInput>

export const revokeGrantInput = z.object({ grantId: uuid })
export type RevokeGrantInput = z.input<typeof revokeGrantInput>

export const revokeGrantsInput = z.object({
  grantIds: z
    .array(uuid)
    .min(1, 'At least one grant')
    .max(100, 'At most 100 grants at once')
    .transform((ids) => [...new Set(ids.map((id) => id.toLowerCase()))]),
})
export type RevokeGrantsInput = z.input<typeof revokeGrantsInput>
