import { z } from 'zod'
import { displayName, emailAddress, newPassword } from '../fields.ts'

export const createMemberInput = z.object({ name: displayName, email: emailAddress, password: newPassword })
export type CreateMemberInput = z.input<typeof createMemberInput>

export const authenticateMemberInput = z.object({ email: emailAddress, password: z.string().min(1).max(128) })
export type AuthenticateMemberInput = z.input<typeof authenticateMemberInput>
