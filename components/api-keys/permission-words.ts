import type { Permission } from '#lib/management/context.ts'

type Group = { readonly label: string; readonly permissions: Readonly<Partial<Record<Permission, string>>> }

/** What a key may be allowed, by what it is about; reading first. */
export const PERMISSION_GROUPS: readonly Group[] = [
  { label: 'Clients', permissions: { 'client:read': 'Read', 'client:write': 'Make, change and revoke' } },
  { label: 'Users', permissions: { 'user:read': 'Read', 'user:write': 'Make, change and disable' } },
  { label: 'Grants', permissions: { 'grant:read': 'Read', 'grant:revoke': 'Revoke' } },
  { label: 'Resources and scopes', permissions: { 'resource:write': 'Change resources', 'scope:write': 'Change scopes' } },
  { label: 'Signing keys and secrets', permissions: { 'key:read': 'Read', 'key:rotate': 'Rotate keys', 'secret:write': 'Rotate secrets' } },
  { label: 'Audit log', permissions: { 'audit:read': 'Read and export' } },
  { label: 'Webhooks', permissions: { 'webhook:read': 'Read', 'webhook:write': 'Make, change and delete' } },
  {
    label: 'Projects',
    permissions: {
      'project:read': 'Read',
      'project:write': 'Change settings',
      'project:create': 'Make',
      'project:delete': 'Delete',
    },
  },
  {
    label: 'Organisation',
    permissions: { 'organisation:read': 'Read', 'organisation:write': 'Change', 'organisation:delete': 'Delete' },
  },
  { label: 'Members', permissions: { 'member:read': 'Read', 'member:write': 'Invite, change and remove' } },
  { label: 'API keys', permissions: { 'api-key:read': 'Read', 'api-key:write': 'Make and revoke' } },
]

export const isReading = (permission: Permission): boolean => permission.endsWith(':read')

/** `Read only`, or how many of each kind. */
export function summaryOf(permissions: readonly Permission[]): string {
  const changing = permissions.filter((permission) => !isReading(permission)).length
  if (changing === 0) return permissions.length === 1 ? 'Reads 1 thing' : `Reads ${permissions.length} things`
  return `${permissions.length} permissions, ${changing} that change something`
}
