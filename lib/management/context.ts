import type { AuditContext } from '#lib/audit/record.ts'

/** What a member may do, one word per kind of thing and act. */
export const PERMISSIONS = [
  'organisation:read',
  'organisation:write',
  'organisation:delete',
  'member:read',
  'member:write',
  'api-key:read',
  'api-key:write',
  'project:create',
  'project:read',
  'project:write',
  'project:delete',
  'secret:write',
  'resource:write',
  'scope:write',
  'client:read',
  'client:write',
  'user:read',
  'user:write',
  'grant:read',
  'grant:revoke',
  'key:read',
  'key:rotate',
  'audit:read',
  'webhook:read',
  'webhook:write',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export const ROLES = ['owner', 'admin', 'developer', 'viewer', 'auditor'] as const
export type Role = (typeof ROLES)[number]

const READ = [
  ...(['organisation:read', 'member:read', 'project:read', 'client:read', 'user:read', 'grant:read', 'key:read'] as const),
] satisfies readonly Permission[]
const AUDIT = ['audit:read', 'webhook:read'] as const satisfies readonly Permission[]
const DEVELOP = ['resource:write', 'scope:write', 'client:write', 'user:write', 'grant:revoke'] as const satisfies readonly Permission[]
const ADMINISTER = [
  ...(['organisation:write', 'member:write', 'api-key:read', 'api-key:write', 'project:create', 'project:write'] as const),
  ...(['secret:write', 'key:rotate', 'webhook:write'] as const),
] satisfies readonly Permission[]

/**
 * A viewer reads what is set up, an auditor also who did what; a developer changes all but settings, secrets, keys and people;
 * an admin changes those too; what cannot be taken back belongs to owners.
 */
const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [...READ, ...AUDIT, ...DEVELOP, ...ADMINISTER, 'project:delete', 'organisation:delete'],
  admin: [...READ, ...AUDIT, ...DEVELOP, ...ADMINISTER],
  developer: [...READ, ...AUDIT, ...DEVELOP],
  viewer: READ,
  auditor: [...READ, ...AUDIT],
}

/** An unknown role may do nothing. */
export const permissionsOf = (role: string): ReadonlySet<Permission> =>
  new Set(Object.hasOwn(ROLE_PERMISSIONS, role) ? ROLE_PERMISSIONS[role as Role] : [])

/** Who acts. */
export type Actor =
  | { readonly kind: 'member'; readonly id: string; readonly email: string }
  | { readonly kind: 'api-key'; readonly id: string }
  | { readonly kind: 'command-line'; readonly id: string }

type Acting = {
  readonly actor: Actor
  readonly permissions: ReadonlySet<Permission>
  /** A member proved in the last ten minutes who they are. Programs have nothing to prove but their key. */
  readonly recentlyAuthenticated: boolean
  /** The caller's address as the outermost trusted proxy saw it; for the audit log. */
  readonly address?: string
}

type Located = OrganisationContext | ManagementContext

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

export type ManagementErrorCode = 'not_found' | 'forbidden' | 'reauthenticate' | 'conflict' | 'invalid' | 'too_many_requests'

/** Who was refused what, and in whose log that belongs. */
export type Denial = { readonly source: AuditContext; readonly permission: Permission }

/** Why a verb refused. `message` is a sentence for the person who asked. */
export class ManagementError extends Error {
  readonly code: ManagementErrorCode
  /** Only with `forbidden`: for the doors, which record it. */
  readonly denial: Denial | null
  /** One sentence per input field, by its path such as `name` or `redirectUris.0`; only with `invalid`. */
  readonly fields: Readonly<Record<string, string>>
  /** Only with `too_many_requests`. */
  readonly retryAfterSeconds: number | null

  constructor(
    code: ManagementErrorCode,
    message: string,
    more: { fields?: Readonly<Record<string, string>>; retryAfterSeconds?: number; denial?: Denial } = {},
  ) {
    super(message)
    this.name = 'ManagementError'
    this.code = code
    this.denial = more.denial ?? null
    this.fields = more.fields ?? {}
    this.retryAfterSeconds = more.retryAfterSeconds ?? null
  }
}

/** Also for what exists in another organisation: whether it does is not the caller's to know. `what` such as `Client`. */
export const notFound = (what: string): ManagementError => new ManagementError('not_found', `${what} not found`)

export const forbidden = (ctx: Located, permission: Permission, message = `Your role does not include ${permission}`): ManagementError =>
  new ManagementError('forbidden', message, { denial: { source: sourceIn(ctx), permission } })

/** Somebody else was first, or the state does not allow it. */
export const conflict = (message: string): ManagementError => new ManagementError('conflict', message)

export const invalid = (fields: Readonly<Record<string, string>>): ManagementError =>
  new ManagementError('invalid', Object.values(fields)[0] ?? 'The input is not valid', { fields })

export const tooManyRequests = (retryAfterSeconds: number): ManagementError =>
  new ManagementError('too_many_requests', 'Too many attempts, try again later', { retryAfterSeconds })

/** Throws `forbidden` unless the caller's role includes it. The first line of every verb. */
export function requirePermission(ctx: Located, permission: Permission): void {
  if (!ctx.permissions.has(permission)) throw forbidden(ctx, permission)
}

/** Before what destroys or hands out power: a session left open is not its member. Throws `reauthenticate`. */
export function requireRecentAuthentication(ctx: { readonly recentlyAuthenticated: boolean }): void {
  if (!ctx.recentlyAuthenticated) throw new ManagementError('reauthenticate', 'Confirm that it is you')
}

/** Who and where, as `recordAudit` wants it. */
export const auditSource = (ctx: Acting & { readonly project: { readonly id: string } }): AuditContext => ({
  projectId: ctx.project.id,
  ...sourceOf(ctx),
})

/** The same for what happens to an organisation itself: its log is kept under its own id. */
export const organisationAuditSource = (ctx: OrganisationContext): AuditContext => ({ projectId: ctx.organisation.id, ...sourceOf(ctx) })

const sourceIn = (ctx: Located): AuditContext => ('project' in ctx ? auditSource(ctx) : organisationAuditSource(ctx))

const sourceOf = (ctx: Acting): Omit<AuditContext, 'projectId'> => ({
  actor: { kind: ctx.actor.kind, id: ctx.actor.id },
  ...(ctx.address === undefined ? {} : { address: ctx.address }),
})
