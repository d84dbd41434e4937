import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { containing } from '../search.ts'
import { type SearchInput, searchInput } from './inputs.ts'

export type SearchHit = {
  readonly kind: 'client' | 'user' | 'resource' | 'scope' | 'grant' | 'event'
  readonly id: string
  readonly title: string
  readonly detail: string
}

const EACH = 5
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What of a project goes by this name, address or id: at most five of a kind, and only kinds the caller may read. Throws `forbidden`, `invalid`. */
export async function search(ctx: ManagementContext, input: SearchInput): Promise<{ hits: SearchHit[] }> {
  requirePermission(ctx, 'project:read')
  const { query } = parseInput(searchInput, input)
  const may = (permission: Parameters<typeof requirePermission>[1]) => ctx.permissions.has(permission)
  const found = await Promise.all([
    may('client:read') ? clients(ctx, query) : [],
    may('user:read') ? users(ctx, query) : [],
    resources(ctx, query),
    scopes(ctx, query),
    may('grant:read') && UUID.test(query) ? grants(ctx, query) : [],
    may('audit:read') && UUID.test(query) ? events(ctx, query) : [],
  ])
  return { hits: found.flat() }
}

async function clients({ project }: ManagementContext, query: string): Promise<SearchHit[]> {
  const rows = await read((db) =>
    db.oAuthClient.findMany({
      where: { projectId: project.id, source: { not: 'builtin' }, OR: [{ name: containing(query) }, { clientId: query }] },
      select: { clientId: true, name: true },
      orderBy: { createdAt: 'desc' },
      take: EACH,
    }),
  )
  return rows.map(({ clientId, name }) => ({ kind: 'client', id: clientId, title: name, detail: clientId }))
}

async function users({ project }: ManagementContext, query: string): Promise<SearchHit[]> {
  const rows = await read((db) =>
    db.endUser.findMany({
      where: { projectId: project.id, OR: [{ email: containing(query) }, { name: containing(query) }, { id: query }] },
      select: { id: true, email: true, name: true },
      orderBy: { createdAt: 'desc' },
      take: EACH,
    }),
  )
  return rows.map(({ id, email, name }) => ({ kind: 'user', id, title: email ?? name ?? id, detail: id }))
}

async function resources({ project }: ManagementContext, query: string): Promise<SearchHit[]> {
  const rows = await read((db) =>
    db.resource.findMany({
      where: { projectId: project.id, OR: [{ identifier: containing(query) }, { name: containing(query) }] },
      select: { identifier: true, name: true },
      take: EACH,
    }),
  )
  return rows.map(({ identifier, name }) => ({ kind: 'resource', id: identifier, title: name, detail: identifier }))
}

async function scopes({ project }: ManagementContext, query: string): Promise<SearchHit[]> {
  const rows = await read((db) =>
    db.scope.findMany({ where: { projectId: project.id, name: containing(query) }, select: { name: true, description: true }, take: EACH }),
  )
  return rows.map(({ name, description }) => ({ kind: 'scope', id: name, title: name, detail: description }))
}

async function grants({ project }: ManagementContext, id: string): Promise<SearchHit[]> {
  const row = await read((db) =>
    db.oAuthGrant.findFirst({ where: { projectId: project.id, id }, select: { clientId: true, userId: true } }),
  )
  return row ? [{ kind: 'grant', id, title: id, detail: `${row.clientId} · ${row.userId}` }] : []
}

async function events({ project }: ManagementContext, id: string): Promise<SearchHit[]> {
  const row = await read((db) => db.auditEvent.findFirst({ where: { projectId: project.id, id }, select: { action: true } }))
  return row ? [{ kind: 'event', id, title: row.action, detail: id }] : []
}
