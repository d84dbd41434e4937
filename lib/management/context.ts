import type { AuditContext } from '#lib/audit/record.ts'

/** What a member may do, one word per kind of thing and act. */
export type Permission =
  | 'project:create'
  | 'project:read'
  | 'project:write'
  | 'secret:write'
  | 'resource:write'
  | 'scope:write'
  | 'client:read'
  | 'client:write'
  | 'user:read'
  | 'user:write'
  | 'grant:read'
  | 'grant:revoke'
  | 'key:read'
  | 'key:rotate'
  | 'audit:read'

export type Role = 'owner' | 'admin' | 'developer' | 'viewer' | 'auditor'

const READ = ['project:read', 'client:read', 'user:read', 'grant:read', 'key:read'] as const satisfies readonly Permission[]
const DEVELOP = ['resource:write', 'scope:write', 'client:write', 'user:write', 'grant:revoke'] as const satisfies readonly Permission[]
const ADMINISTER = ['project:create', 'project:write', 'secret:write', 'key:rotate'] as const satisfies readonly Permission[]

/** A viewer reads what is set up, an auditor also who did what; a developer changes all but settings, secrets and keys. */
const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [...READ, 'audit:read', ...DEVELOP, ...ADMINISTER],
  admin: [...READ, 'audit:read', ...DEVELOP, ...ADMINISTER],
  developer: [...READ, 'audit:read', ...DEVELOP],
  viewer: READ,
  auditor: [...READ, 'audit:read'],
}

/** An unknown role may do nothing. */
export const permissionsOf = (role: string): ReadonlySet<Permission> =>
  new Set(Object.hasOwn(ROLE_PERMISSIONS, role) ? ROLE_PERMISSIONS[role as Role] : [])

/** Who acts. */
export type Actor =
  | { readonly kind: 'member'; readonly id: string; readonly email: string }
  | { readonly kind: 'command-line'; readonly id: string }

type Acting = {
  readonly actor: Actor
  readonly permissions: ReadonlySet<Permission>
  /** The caller's address as the outermost trusted proxy saw it; for the audit log. */
  readonly address?: string
}

/** A member inside one organisation. */
export type OrganisationContext = Acting & {
  readonly organisation: { readonly id: string; readonly name: string }
}

/**
 * A member inside one project. The project is bound: a verb takes no project id,
 * and the first condition of each of its queries is `projectId: ctx.project.id`.
 */
export type ManagementContext = Acting & {
  readonly project: {
    readonly id: string
    readonly slug: string
    readonly name: string
    /** The primary issuer's URL. */
    readonly issuer: string
    readonly organisationId: string
  }
  /** For what is shown. What is decided or stored is on the database's clock. */
  readonly now: () => Date
}

export type ManagementErrorCode = 'not_found' | 'forbidden' | 'conflict' | 'invalid' | 'too_many_requests'

/** Why a verb refused. `message` is a sentence for the person who asked. */
export class ManagementError extends Error {
  readonly code: ManagementErrorCode
  /** One sentence per input field, by its path such as `name` or `redirectUris.0`; only with `invalid`. */
  readonly fields: Readonly<Record<string, string>>
  /** Only with `too_many_requests`. */
  readonly retryAfterSeconds: number | null

  constructor(
    code: ManagementErrorCode,
    message: string,
    more: { fields?: Readonly<Record<string, string>>; retryAfterSeconds?: number } = {},
  ) {
    super(message)
    this.name = 'ManagementError'
    this.code = code
    this.fields = more.fields ?? {}
    this.retryAfterSeconds = more.retryAfterSeconds ?? null
  }
}

/** Also for what exists in another organisation: whether it does is not the caller's to know. `what` such as `Client`. */
export const notFound = (what: string): ManagementError => new ManagementError('not_found', `${what} not found`)

export const forbidden = (permission: Permission): ManagementError =>
  new ManagementError('forbidden', `Your role does not include ${permission}`)

/** Somebody else was first, or the state does not allow it. */
export const conflict = (message: string): ManagementError => new ManagementError('conflict', message)

export const invalid = (fields: Readonly<Record<string, string>>): ManagementError =>
  new ManagementError('invalid', Object.values(fields)[0] ?? 'The input is not valid', { fields })

export const tooManyRequests = (retryAfterSeconds: number): ManagementError =>
  new ManagementError('too_many_requests', 'Too many attempts, try again later', { retryAfterSeconds })

/** Throws `forbidden` unless the caller's role includes it. The first line of every verb. */
export function requirePermission(ctx: { readonly permissions: ReadonlySet<Permission> }, permission: Permission): void {
  if (!ctx.permissions.has(permission)) throw forbidden(permission)
}

/** Who and where, as `recordAudit` wants it. */
export const auditSource = (ctx: Acting & { readonly project: { readonly id: string } }): AuditContext => ({
  projectId: ctx.project.id,
  actor: { kind: ctx.actor.kind, id: ctx.actor.id },
  ...(ctx.address === undefined ? {} : { address: ctx.address }),
})
