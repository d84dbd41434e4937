import type { Command } from './command.ts'
import { acting, listing, type Row, showing } from './from-operation.ts'

const plural = (count: unknown, word: string): string => `${String(count)} ${word}${count === 1 ? '' : 's'}`

const secretLine = (_: Row, { secret }: Row): string => `New secret, shown once: ${String(secret)}`

/** What the list of operations describes well enough: flags, help and input are made from it. */
export const operationCommands: Readonly<Record<string, Command>> = {
  'project show': showing('getProject'),
  'project delete': acting('deleteProject', ({ name }) => `Deleted ${name}: its issuer answers no more.`),
  'user list': listing('listUsers', 'users', {
    ...{ ID: 'id', 'E-MAIL': 'email', NAME: 'name', GRANTS: 'grantCount', 'LAST SIGN-IN': 'lastSignInAt', DISABLED: 'disabledAt' },
  }),
  'user show': showing('getUser', ['attributes']),
  'user disable': acting('disableUser', ({ userId }) => `${userId} is disabled: signed out, and their grants are ended.`),
  'user enable': acting('enableUser', ({ userId }) => `${userId} may sign in again.`),
  'user sign-out': acting('signOutUser', ({ userId }) => `${userId} is signed out, and their grants are ended.`),
  'user delete': acting('deleteUser', ({ userId }) => `Deleted ${userId}.`),
  'secret list': listing('listProjectSecrets', 'secrets', {
    ...{ ID: 'id', KIND: 'kind', NAME: 'name', SECRET: 'hint', 'LAST USED': 'lastUsedAt', ENDS: 'expiresAt' },
  }),
  'secret create': acting('createProjectSecret', secretLine),
  'secret rename': acting('renameProjectSecret', ({ name }) => `It is called ${name} now.`),
  'secret revoke': acting('revokeProjectSecret', ({ secretId }) => `Revoked ${secretId}.`),
  'keys list': listing('listKeys', 'keys', {
    ...{ KEY: 'kid', PURPOSE: 'purpose', ALGORITHM: 'algorithm', STATE: 'state', SINCE: 'activatedAt', ENDS: 'expiresAt' },
  }),
  'keys revoke': acting('revokeKey', ({ kid }) => `Revoked ${kid}, and with it every token it signed.`),
  'grant list': listing('listGrants', 'grants', {
    ...{ ID: 'id', USER: ({ userEmail, userId }) => userEmail ?? userId, CLIENT: ({ clientName, clientId }) => clientName ?? clientId },
    ...{ SCOPE: 'scope', CREATED: 'createdAt', 'LAST USED': 'lastUsedAt', REVOKED: 'revokedAt' },
  }),
  'grant revoke': acting('revokeGrants', (_, { revoked }) => `Ended ${plural(revoked, 'grant')}.`),
  'resource list': listing('listResources', 'resources', {
    ...{ RESOURCE: 'identifier', NAME: 'name', DEFAULT: 'isDefault', ALIASES: 'aliases', CREATED: 'createdAt' },
  }),
  'resource create': acting('createResource', ({ identifier }) => `Tokens are issued for ${identifier} now.`),
  'resource delete': acting('deleteResource', ({ identifier }) => `No more tokens for ${identifier}.`),
  'scope list': listing('listScopes', 'scopes', {
    ...{ NAME: 'name', DESCRIPTION: 'description', RISK: 'risk', REQUIRED: 'isRequired', DEFAULT: 'isDefault' },
  }),
  'scope create': acting('createScope', ({ name }) => `Clients may ask for ${name} now.`),
}
