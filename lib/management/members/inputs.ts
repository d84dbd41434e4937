import { z } from 'zod'
import { displayName, emailAddress, keyCursor, listQuery, newPassword, take, uuid } from '../fields.ts'

export const createMemberInput = z.object({ name: displayName, email: emailAddress, password: newPassword })
export type CreateMemberInput = z.input<typeof createMemberInput>

export const authenticateMemberInput = z.object({ email: emailAddress, password: z.string().min(1).max(128) })
export type AuthenticateMemberInput = z.input<typeof authenticateMemberInput>

/** Owner first: the order in which lists name them. */
export const role = z.enum(['owner', 'admin', 'developer', 'viewer', 'auditor'], 'Choose a role')

export const listMembersInput = z.object({
  /** Part of a name or an e-mail address. */
  query: listQuery.optional(),
  role: role.optional(),
  sort: z.enum(['name', '-name', 'joinedAt', '-joinedAt', 'lastSignInAt', '-lastSignInAt']).default('joinedAt'),
  cursor: keyCursor.optional(),
  take,
})
export type ListMembersInput = z.input<typeof listMembersInput>

export const changeMemberRoleInput = z.object({ memberId: uuid, role })
export type ChangeMemberRoleInput = z.input<typeof changeMemberRoleInput>

export const removeMemberInput = z.object({ memberId: uuid })
export type RemoveMemberInput = z.input<typeof removeMemberInput>
