import type { Permission } from '#lib/management/context.ts'

/** Something to do, and the page where it is done. */
export type Act = {
  readonly label: string
  /** Below /projects/<slug>, or the whole path for one of the organisation. */
  readonly path: string
  /** The dialog of that page which it opens (`useOpen`); absent: the page itself is the form. */
  readonly opens?: string
  readonly needs?: Permission
  /** What somebody may call it who does not know our word. */
  readonly words?: string
}

/** Main acts in a project. The command palette offers those that the member's role includes. */
export const PROJECT_ACTS: readonly Act[] = [
  { label: 'New client', path: '/clients/new', needs: 'client:write', words: 'create add register app' },
  { label: 'Add user', path: '/users', opens: 'add-user', needs: 'user:write', words: 'create new person account' },
  { label: 'Add resource', path: '/resources', opens: 'add-resource', needs: 'resource:write', words: 'create new mcp server audience' },
  { label: 'Add scope', path: '/scopes', opens: 'add-scope', needs: 'scope:write', words: 'create new permission' },
  { label: 'New registration secret', path: '/keys', opens: 'new-registration-secret', needs: 'secret:write', words: 'create make add' },
  { label: 'New server secret', path: '/keys', opens: 'new-server-secret', needs: 'secret:write', words: 'create make add' },
  { label: 'Rotate signing key', path: '/keys', opens: 'rotate-keys', needs: 'key:rotate', words: 'jwks renew' },
  { label: 'Add domain', path: '/domains', opens: 'add-domain', needs: 'project:write', words: 'claim custom host issuer' },
  { label: 'Trust an issuer', path: '/trusted-issuers', opens: 'trust-issuer', needs: 'project:write', words: 'add new idp workload' },
  {
    label: 'Add identity provider',
    path: '/settings/sign-in',
    opens: 'add-provider',
    needs: 'project:write',
    words: 'google github okta sso',
  },
  { label: 'Add webhook endpoint', path: '/webhooks', opens: 'add-endpoint', needs: 'webhook:write', words: 'create new' },
  { label: 'Export audit log', path: '/audit-log', opens: 'export', needs: 'audit:read', words: 'download csv json events' },
]

/** The same of the organisation. */
export const ORGANISATION_ACTS: readonly Act[] = [
  { label: 'New project', path: '/projects/new', needs: 'project:create', words: 'create add' },
  { label: 'Invite member', path: '/organisation/members', opens: 'invite', needs: 'member:write', words: 'add person team colleague' },
  { label: 'New API key', path: '/organisation/api-keys', opens: 'new-api-key', needs: 'api-key:write', words: 'make create add token' },
  { label: 'New organisation', path: '/new-organisation', words: 'create add' },
]

export const hrefOf = (base: string, { path, opens }: Act): string => `${base}${path}${opens === undefined ? '' : `?open=${opens}`}`
