import { z } from 'zod'
import { displayName, emailAddress, keyCursor, newPassword, take, uuid } from '../fields.ts'
import { role } from '../members/inputs.ts'

export const listInvitationsInput = z.object({
  /** `pending`: can still be accepted, or ran out unanswered. */
  status: z.enum(['pending', 'all']).default('pending'),
  cursor: keyCursor.optional(),
  take,
})
export type ListInvitationsInput = z.input<typeof listInvitationsInput>

export const createInvitationInput = z.object({ email: emailAddress, role })
export type CreateInvitationInput = z.input<typeof createInvitationInput>

export const resendInvitationInput = z.object({ invitationId: uuid })
export type ResendInvitationInput = z.input<typeof resendInvitationInput>

export const revokeInvitationInput = z.object({ invitationId: uuid })
export type RevokeInvitationInput = z.input<typeof revokeInvitationInput>

/** Of whoever has no account yet; the address is the invitation's. */
export const joinInput = z.object({ name: displayName, password: newPassword })
export type JoinInput = z.input<typeof joinInput>
