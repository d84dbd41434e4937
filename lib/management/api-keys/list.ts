import { read } from '#lib/db/transaction.ts'
import { invalid, type OrganisationContext, type Permission, permissionsOf, requirePermission } from '../context.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { parseInput } from '../parse.ts'
import { containing } from '../search.ts'
import { type ListApiKeysInput, listApiKeysInput } from './inputs.ts'

export type ListedApiKey = {
  readonly id: string
  readonly name: string
  /** `gate_key_…a1b2` */
  readonly hint: string
  /** `orphaned`: whoever made it is no member any more. Only an active one opens anything. */
  readonly status: 'active' | 'expired' | 'revoked' | 'orphaned'
  /** As chosen when it was made. */
  readonly permissions: readonly Permission[]
  /** Those of them that its maker's role still includes: what it can do now. */
  readonly usablePermissions: readonly Permission[]
  /** Null: every project of the organisation. */
  readonly project: { readonly slug: string; readonly name: string } | null
  readonly createdBy: { readonly name: string; readonly email: string } | null
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  /** To the minute. */
  readonly lastUsedAt: Date | null
  readonly lastUsedFrom: string | null
}

const COLUMNS = {
  ...{ id: true, name: true, lastFour: true, permissions: true, projectId: true, createdBy: true },
  ...{ createdAt: true, expiresAt: true, revokedAt: true, lastUsedAt: true, lastUsedFrom: true },
} as const

/** Ended ones too. Throws `forbidden`, `invalid`. No key and no hash. */
export async function listApiKeys(
  ctx: OrganisationContext,
  input: ListApiKeysInput = {},
): Promise<{ apiKeys: ListedApiKey[]; nextCursor: string | null }> {
  requirePermission(ctx, 'api-key:read')
  const { cursor, take, query, sort } = parseInput(listApiKeysInput, input)
  const [by, order] = sort.startsWith('-') ? [sort.slice(1), 'desc' as const] : [sort, 'asc' as const]
  // Ids are made in the order of time.
  const byName = by === 'name'

  const keys = await read((db) =>
    db.apiKey.findMany({
      where: {
        organisationId: ctx.organisation.id,
        ...(query ? { name: containing(query) } : {}),
        ...(cursor === undefined ? {} : after(cursor, byName, order)),
      },
      select: COLUMNS,
      orderBy: byName ? [{ name: order }, { id: order }] : [{ id: order }],
      take: take + 1,
    }),
  )
  const page = keys.slice(0, take)
  const last = keys.length > take ? page.at(-1) : undefined
  return { apiKeys: await shown(ctx, page), nextCursor: last ? cursorOf(last.name, last.id) : null }
}

function after(cursor: string, byName: boolean, order: 'asc' | 'desc') {
  const [name, id] = placeOf(cursor, 2)
  if (typeof name !== 'string' || typeof id !== 'string' || !UUID.test(id)) throw invalid({ cursor: 'This is not a cursor of this list' })
  const beyond = <Value>(value: Value) => (order === 'asc' ? { gt: value } : { lt: value })
  if (!byName) return { id: beyond(id) }
  return { OR: [{ name: beyond(name) }, { name, id: beyond(id) }] }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

type Row = Omit<ListedApiKey, 'hint' | 'status' | 'permissions' | 'usablePermissions' | 'project' | 'createdBy'> & {
  readonly lastFour: string
  readonly permissions: string
  readonly projectId: string | null
  readonly createdBy: string
}

async function shown({ organisation }: OrganisationContext, rows: readonly Row[]): Promise<ListedApiKey[]> {
  const makers = [...new Set(rows.map((row) => row.createdBy))]
  const projects = rows.flatMap((row) => row.projectId ?? [])
  const [members, memberships, named, [clock]] = await Promise.all([
    read((db) => db.member.findMany({ where: { id: { in: makers } }, select: { id: true, name: true, email: true } })),
    read((db) => db.membership.findMany({ where: { organisationId: organisation.id, memberId: { in: makers } } })),
    read((db) =>
      db.project.findMany({
        where: { organisationId: organisation.id, id: { in: projects } },
        select: { id: true, slug: true, name: true },
      }),
    ),
    read((db) => db.$queryRaw<{ now: Date }[]>`SELECT now() AS now`),
  ])
  const roleOf = new Map(memberships.map(({ memberId, role }) => [memberId, role]))

  return rows.map(({ lastFour, permissions, projectId, createdBy, ...row }) => {
    const chosen = JSON.parse(permissions) as Permission[]
    const role = roleOf.get(createdBy)
    const may = permissionsOf(role ?? '')
    const maker = members.find(({ id }) => id === createdBy)
    const project = named.find(({ id }) => id === projectId)
    return {
      ...row,
      hint: `gate_key_…${lastFour}`,
      status: statusOf(row, role !== undefined, clock?.now ?? new Date(0)),
      permissions: chosen,
      usablePermissions: chosen.filter((permission) => may.has(permission)),
      project: project ? { slug: project.slug, name: project.name } : null,
      createdBy: maker ? { name: maker.name, email: maker.email } : null,
    }
  })
}

function statusOf({ revokedAt, expiresAt }: Pick<Row, 'revokedAt' | 'expiresAt'>, hasMaker: boolean, now: Date): ListedApiKey['status'] {
  if (revokedAt) return 'revoked'
  if (expiresAt && expiresAt <= now) return 'expired'
  return hasMaker ? 'active' : 'orphaned'
}
