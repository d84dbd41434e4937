import { grantOperations } from '#lib/management/grants/operations.ts'
import { keyOperations } from '#lib/management/keys/operations.ts'
import { projectOperations } from '#lib/management/projects/operations.ts'
import { resourceOperations } from '#lib/management/resources/operations.ts'
import { scopeOperations } from '#lib/management/scopes/operations.ts'
import { secretOperations } from '#lib/management/secrets/operations.ts'
import { userOperations } from '#lib/management/users/operations.ts'
import type { Command } from './command.ts'
import { acting, listing, type Row, showing } from './from-operation.ts'

const plural = (count: unknown, word: string): string => `${String(count)} ${word}${count === 1 ? '' : 's'}`

const secretLine = (_: Row, { secret }: Row): string => `New secret, shown once: ${String(secret)}`

/** What the list of operations describes well enough: flags, help and input are made from it. */
export const operationCommands: Readonly<Record<string, Command>> = {
  'project show': showing(projectOperations, 'getProject'),
  'project delete': acting(projectOperations, 'deleteProject', ({ name }) => `Deleted ${name}: its issuer answers no more.`),
  'user list': listing(userOperations, 'listUsers', 'users', {
    ...{ ID: 'id', 'E-MAIL': 'email', NAME: 'name', GRANTS: 'grantCount', 'LAST SIGN-IN': 'lastSignInAt', DISABLED: 'disabledAt' },
  }),
  'user show': showing(userOperations, 'getUser', ['attributes']),
  'user disable': acting(userOperations, 'disableUser', ({ userId }) => `${userId} is disabled: signed out, and their grants are ended.`),
  'user enable': acting(userOperations, 'enableUser', ({ userId }) => `${userId} may sign in again.`),
  'user sign-out': acting(userOperations, 'signOutUser', ({ userId }) => `${userId} is signed out, and their grants are ended.`),
  'user delete': acting(userOperations, 'deleteUser', ({ userId }) => `Deleted ${userId}.`),
  'secret list': listing(secretOperations, 'listProjectSecrets', 'secrets', {
    ...{ ID: 'id', KIND: 'kind', NAME: 'name', SECRET: 'hint', 'LAST USED': 'lastUsedAt', ENDS: 'expiresAt' },
  }),
  'secret create': acting(secretOperations, 'createProjectSecret', secretLine),
  'secret rename': acting(secretOperations, 'renameProjectSecret', ({ name }) => `It is called ${name} now.`),
  'secret revoke': acting(secretOperations, 'revokeProjectSecret', ({ secretId }) => `Revoked ${secretId}.`),
  'keys list': listing(keyOperations, 'listKeys', 'keys', {
    ...{ KEY: 'kid', PURPOSE: 'purpose', ALGORITHM: 'algorithm', STATE: 'state', SINCE: 'activatedAt', ENDS: 'expiresAt' },
  }),
  'keys revoke': acting(keyOperations, 'revokeKey', ({ kid }) => `Revoked ${kid}, and with it every token it signed.`),
  'grant list': listing(grantOperations, 'listGrants', 'grants', {
    ...{ ID: 'id', USER: ({ userEmail, userId }) => userEmail ?? userId, CLIENT: ({ clientName, clientId }) => clientName ?? clientId },
    ...{ SCOPE: 'scope', CREATED: 'createdAt', 'LAST USED': 'lastUsedAt', REVOKED: 'revokedAt' },
  }),
  'grant revoke': acting(grantOperations, 'revokeGrants', (_, { revoked }) => `Ended ${plural(revoked, 'grant')}.`),
  'resource list': listing(resourceOperations, 'listResources', 'resources', {
    ...{ RESOURCE: 'identifier', NAME: 'name', DEFAULT: 'isDefault', ALIASES: 'aliases', CREATED: 'createdAt' },
  }),
  'resource create': acting(resourceOperations, 'createResource', ({ identifier }) => `Tokens are issued for ${identifier} now.`),
  'resource delete': acting(resourceOperations, 'deleteResource', ({ identifier }) => `No more tokens for ${identifier}.`),
  'scope list': listing(scopeOperations, 'listScopes', 'scopes', {
    ...{ NAME: 'name', DESCRIPTION: 'description', RISK: 'risk', REQUIRED: 'isRequired', DEFAULT: 'isDefault' },
  }),
  'scope create': acting(scopeOperations, 'createScope', ({ name }) => `Clients may ask for ${name} now.`),
}
