import { z } from 'zod'
import { displayName, emailAddress, keyCursor, listQuery, newPassword, take, userId } from '../fields.ts'

export const createUserInput = z.object({ email: emailAddress, password: newPassword, name: displayName.optional() })
export type CreateUserInput = z.input<typeof createUserInput>

export const listUsersInput = z.object({ cursor: keyCursor.optional(), take, query: listQuery.optional() })
export type ListUsersInput = z.input<typeof listUsersInput>

export const disableUserInput = z.object({ userId })
export type DisableUserInput = z.input<typeof disableUserInput>
