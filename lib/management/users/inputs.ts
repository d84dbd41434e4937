import { z } from 'zod'
import { userAttributes } from '#lib/oauth/user-attributes.ts'
import { displayName, emailAddress, keyCursor, listQuery, newPassword, take, userId } from '../fields.ts'

export const createUserInput = z.object({ email: emailAddress, password: newPassword, name: displayName.optional() })
export type CreateUserInput = z.input<typeof createUserInput>

export const listUsersInput = z.object({ cursor: keyCursor.optional(), take, query: listQuery.optional() })
export type ListUsersInput = z.input<typeof listUsersInput>

export const verifyUserEmailInput = z.object({ userId })
export type VerifyUserEmailInput = z.input<typeof verifyUserEmailInput>

/** The whole object in place of the one before. */
export const setUserAttributesInput = z.object({ userId, attributes: userAttributes })
export type SetUserAttributesInput = { readonly userId: string; readonly attributes: Readonly<Record<string, unknown>> }

export const disableUserInput = z.object({ userId })
export type DisableUserInput = z.input<typeof disableUserInput>
