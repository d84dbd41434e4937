import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { containing } from '../search.ts'
import { type ListUsersInput, listUsersInput } from './inputs.ts'

export type ListedUser = {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly createdAt: Date
  readonly lastSignInAt: Date | null
  readonly disabledAt: Date | null
  /** Living grants. */
  readonly grantCount: number
}

/** By e-mail address, which is the order the pool's index has. `query`: part of the address or the name, or the user's id. */
export async function listUsers(
  ctx: ManagementContext,
  input: ListUsersInput = {},
): Promise<{ users: ListedUser[]; nextCursor: string | null }> {
  requirePermission(ctx, 'user:read')
  const { cursor, take, query } = parseInput(listUsersInput, input)
  const projectId = ctx.project.id

  const rows = await read((db) =>
    db.endUser.findMany({
      where: {
        projectId,
        ...(cursor === undefined ? {} : { email: { gt: cursor } }),
        ...(query ? matching(query) : {}),
      },
      select: { id: true, email: true, name: true, createdAt: true, lastSignInAt: true, disabledAt: true },
      orderBy: { email: 'asc' },
      take: take + 1,
    }),
  )
  const page = rows.slice(0, take)
  const grants = await read((db) =>
    db.oAuthGrant.groupBy({
      by: ['userId'],
      where: { projectId, userId: { in: page.map((user) => user.id) }, revokedAt: null },
      _count: true,
    }),
  )
  const grantsOf = new Map(grants.map((grant) => [grant.userId, grant._count]))

  return {
    users: page.map((user) => ({ ...user, grantCount: grantsOf.get(user.id) ?? 0 })),
    nextCursor: rows.length > take ? (page.at(-1)?.email ?? null) : null,
  }
}

/** An id is looked up by its key; anything else is searched for. */
function matching(query: string) {
  if (/^user_[\w-]{22}$/.test(query)) return { id: query }
  return { OR: [{ email: containing(query) }, { name: containing(query) }] }
}
