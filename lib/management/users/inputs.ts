import { z } from 'zod'
import { userAttributes } from '#lib/oauth/user-attributes.ts'
import { chosen, cursor, displayName, emailAddress, listQuery, newPassword, take, userId } from '../fields.ts'

export const createUserInput = z.object({ email: emailAddress, password: newPassword, name: displayName.optional() })
export type CreateUserInput = z.input<typeof createUserInput>

/** What is left out stays. `emailVerified` goes with a new address: it is known to be theirs. */
export const updateUserInput = z
  .object({ userId, name: displayName.nullable().optional(), email: emailAddress.optional(), emailVerified: z.boolean().optional() })
  .refine(({ email, emailVerified }) => email !== undefined || emailVerified === undefined, {
    error: 'Goes with a new address only',
    path: ['emailVerified'],
  })
export type UpdateUserInput = z.input<typeof updateUserInput>

const USER_SORTS = ['email', '-email', 'name', '-name', 'createdAt', '-createdAt', 'lastSignInAt', '-lastSignInAt'] as const
export type UserSort = (typeof USER_SORTS)[number]

export const listUsersInput = z.object({
  query: listQuery.optional(),
  status: z.enum(['active', 'disabled']).optional(),
  /** Who can sign in so. `provider`: through an identity provider, or the customer's own page. */
  way: z.enum(['password', 'passkey', 'provider']).optional(),
  sort: z.enum(USER_SORTS).default('email'),
  cursor: cursor.optional(),
  take,
})
export type ListUsersInput = z.input<typeof listUsersInput>

/** Of what is done with one user and needs no more words. */
export const userInput = z.object({ userId })
export type UserInput = z.input<typeof userInput>

/** The whole object in place of the one before. */
export const setUserAttributesInput = z.object({ userId, attributes: userAttributes })
export type SetUserAttributesInput = { readonly userId: string; readonly attributes: Readonly<Record<string, unknown>> }

/** For disabling and enabling many. */
export const usersInput = z.object({ userIds: chosen(userId) })
export type UsersInput = z.input<typeof usersInput>
