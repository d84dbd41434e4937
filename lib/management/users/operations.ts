import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { createUser } from './create.ts'
import { deleteUser } from './delete.ts'
import { disableUser, disableUsers } from './disable.ts'
import { enableUser, enableUsers } from './enable.ts'
import { getUser } from './get.ts'
import { createUserInput, listUsersInput, setUserAttributesInput, updateUserInput, userInput, usersInput } from './inputs.ts'
import { listUsers } from './list.ts'
import {
  createUserOutput,
  disableUserOutput,
  disableUsersOutput,
  enableUsersOutput,
  getUserOutput,
  listUsersOutput,
  signOutUserOutput,
} from './outputs.ts'
import { sendPasswordReset } from './send-password-reset.ts'
import { setUserAttributes } from './set-attributes.ts'
import { signOutUser } from './sign-out.ts'
import { updateUser } from './update.ts'
import { verifyUserEmail } from './verify-email.ts'

const READS = { permission: 'user:read', audit: null } as const
const WRITES = { permission: 'user:write' } as const

export const userOperations = [
  projectOperation({
    ...{ ...READS, id: 'listUsers', method: 'GET', path: '/users' },
    summary: 'List the project’s users, by e-mail address',
    input: listUsersInput,
    output: listUsersOutput,
    run: listUsers,
  }),
  projectOperation({
    ...{ ...WRITES, id: 'createUser', method: 'POST', path: '/users', audit: 'user.created' },
    summary: 'Add a user with a password',
    input: createUserInput,
    output: createUserOutput,
    run: createUser,
  }),
  projectOperation({
    ...{ ...READS, id: 'getUser', method: 'GET', path: '/users/{userId}' },
    summary: 'Get one user with sign-in ways, sessions and attributes',
    input: userInput,
    output: getUserOutput,
    run: getUser,
  }),
  projectOperation({
    ...{ ...WRITES, id: 'updateUser', method: 'PATCH', path: '/users/{userId}', audit: 'user.updated' },
    summary: 'Change a user’s name or e-mail address; a new address is unverified unless you say otherwise',
    input: updateUserInput,
    output: nothing,
    run: updateUser,
  }),
  projectOperation({
    ...{ ...WRITES, id: 'setUserAttributes', method: 'PUT', path: '/users/{userId}/attributes', audit: 'user.attributes_set' },
    summary: 'Put these attributes in place of those before; custom claims are made of them',
    input: setUserAttributesInput,
    output: nothing,
    run: setUserAttributes,
  }),
  projectOperation({
    ...{ ...WRITES, id: 'verifyUserEmail', method: 'POST', path: '/users/{userId}/verify-email', audit: 'user.email_verified' },
    summary: 'Mark that the e-mail address is known to be the user’s',
    input: userInput,
    output: nothing,
    run: verifyUserEmail,
  }),
  projectOperation({
    ...{ ...WRITES, id: 'disableUser', method: 'POST', path: '/users/{userId}/disable', audit: 'user.disabled' },
    summary: 'End a user’s sessions and grants and refuse further sign-ins',
    input: userInput,
    output: disableUserOutput,
    run: disableUser,
  }),
  projectOperation({
    ...{ ...WRITES, id: 'enableUser', method: 'POST', path: '/users/{userId}/enable', audit: 'user.enabled' },
    summary: 'Let a disabled user sign in again',
    input: userInput,
    output: nothing,
    run: enableUser,
  }),
  projectOperation({
    ...{ ...WRITES, id: 'disableUsers', method: 'POST', path: '/users/disable', audit: 'user.disabled' },
    summary: 'Disable up to 100 users together; each has a row in the audit log',
    input: usersInput,
    output: disableUsersOutput,
    run: disableUsers,
  }),
  projectOperation({
    ...{ ...WRITES, id: 'enableUsers', method: 'POST', path: '/users/enable', audit: 'user.enabled' },
    summary: 'Let up to 100 disabled users sign in again, together; each has a row in the audit log',
    input: usersInput,
    output: enableUsersOutput,
    run: enableUsers,
  }),
  projectOperation({
    ...{ ...WRITES, id: 'signOutUser', method: 'POST', path: '/users/{userId}/sign-out', audit: 'user.signed_out' },
    summary: 'End a user’s sessions and grants; they may sign in again',
    input: userInput,
    output: signOutUserOutput,
    run: signOutUser,
  }),
  projectOperation({
    ...{ ...WRITES, id: 'sendPasswordReset', method: 'POST', path: '/users/{userId}/password-reset', audit: 'user.password_reset_sent' },
    summary: 'Mail a user the link for a forgotten password',
    input: userInput,
    output: nothing,
    run: sendPasswordReset,
  }),
  projectOperation({
    ...{ ...WRITES, id: 'deleteUser', method: 'DELETE', path: '/users/{userId}', audit: 'user.deleted', recent: true },
    summary: 'Remove all that is kept of a user; the audit log keeps the id',
    input: userInput,
    output: nothing,
    run: deleteUser,
  }),
]
