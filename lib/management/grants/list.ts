import { read } from '#lib/db/transaction.ts'
import { invalid, type ManagementContext, requirePermission } from '../context.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { uuid } from '../fields.ts'
import { clientNamesOf, userEmailsOf } from '../names.ts'
import { parseInput } from '../parse.ts'
import { containing, escaped } from '../search.ts'
import { type ListGrantsInput, listGrantsInput } from './inputs.ts'

export type ListedGrant = {
  readonly id: string
  readonly clientId: string
  readonly clientName: string | null
  readonly userId: string
  readonly userEmail: string | null
  /** Granted, separated by blanks. */
  readonly scope: string
  readonly resources: readonly string[]
  readonly createdAt: Date
  /** When its refresh token was last used; null: never, or it has none. */
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
  readonly revokedReason: string | null
}

/** How many clients, and how many users, a search by name takes in. */
const MAX_NAMED = 200

/** Newest first unless `sort` says otherwise: ids are made in the order of time, so their index is that of the list. */
export async function listGrants(
  ctx: ManagementContext,
  input: ListGrantsInput = {},
): Promise<{ grants: ListedGrant[]; nextCursor: string | null }> {
  requirePermission(ctx, 'grant:read')
  const { clientId, userId, resource, query, status, sort, cursor, take } = parseInput(listGrantsInput, input)
  const projectId = ctx.project.id
  const direction = sort === 'createdAt' ? 'asc' : 'desc'

  const where = {
    projectId,
    ...(clientId === undefined ? {} : { clientId }),
    ...(userId === undefined ? {} : { userId }),
    ...(resource === undefined ? {} : { resources: { contains: escaped(JSON.stringify(resource)) } }),
    ...(status === 'all' ? {} : { revokedAt: status === 'living' ? null : { not: null } }),
    ...(query ? { OR: await namedIn(ctx, query) } : {}),
    ...(cursor === undefined ? {} : { id: { [direction === 'desc' ? 'lt' : 'gt']: idIn(cursor) } }),
  }
  const rows = await read((db) =>
    db.oAuthGrant.findMany({ where, omit: { projectId: true, redirectUri: true }, orderBy: { id: direction }, take: take + 1 }),
  )
  const page = rows.slice(0, take)
  const last = page.at(-1)
  const [clientNames, userEmails, uses] = await Promise.all([
    clientNamesOf(
      ctx,
      page.map((grant) => grant.clientId),
    ),
    userEmailsOf(
      ctx,
      page.map((grant) => grant.userId),
    ),
    lastUsesOf(
      ctx,
      page.map((grant) => grant.id),
    ),
  ])

  return {
    grants: page.map((grant) => ({
      ...grant,
      resources: JSON.parse(grant.resources) as string[],
      clientName: clientNames.get(grant.clientId) ?? null,
      userEmail: userEmails.get(grant.userId) ?? null,
      lastUsedAt: uses.get(grant.id) ?? null,
    })),
    nextCursor: rows.length > take && last ? cursorOf(last.id) : null,
  }
}

function idIn(cursor: string): string {
  const [id] = placeOf(cursor, 1)
  const parsed = uuid.safeParse(id)
  if (!parsed.success) throw invalid({ cursor: 'This is not a cursor of this list' })
  return parsed.data
}

async function namedIn({ project }: ManagementContext, query: string) {
  const name = containing(query)
  const [clients, users] = await Promise.all([
    read((db) =>
      db.oAuthClient.findMany({
        where: { projectId: project.id, OR: [{ name }, { clientId: query }] },
        select: { clientId: true },
        take: MAX_NAMED,
      }),
    ),
    read((db) =>
      db.endUser.findMany({
        where: { projectId: project.id, OR: [{ email: name }, { name }, { id: query }] },
        select: { id: true },
        take: MAX_NAMED,
      }),
    ),
  ])
  return [{ clientId: { in: clients.map(({ clientId }) => clientId) } }, { userId: { in: users.map(({ id }) => id) } }]
}

async function lastUsesOf({ project }: ManagementContext, grantIds: string[]): Promise<Map<string, Date | null>> {
  const uses = await read((db) =>
    db.refreshFamily.groupBy({ by: ['grantId'], where: { projectId: project.id, grantId: { in: grantIds } }, _max: { rotatedAt: true } }),
  )
  return new Map(uses.map((use) => [use.grantId, use._max.rotatedAt]))
}
