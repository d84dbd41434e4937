import { z } from 'zod'
import { clientId, take, userId, uuid } from '../fields.ts'

export const listGrantsInput = z.object({
  clientId: clientId.optional(),
  userId: userId.optional(),
  /** Also grants that have been revoked. */
  includeRevoked: z.boolean().default(false),
  cursor: uuid.optional(),
  take,
})
export type ListGrantsInput = z.input<typeof listGrantsInput>

export const revokeGrantInput = z.object({ grantId: uuid })
export type RevokeGrantInput = z.input<typeof revokeGrantInput>
