import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { containing } from '../search.ts'
import { type ListUsersInput, listUsersInput } from './inputs.ts'

export type ListedUser = {
  readonly id: string
  /** Null: they came from a provider that verified none. */
  readonly email: string | null
  /** Null: nobody has verified the address. */
  readonly emailVerifiedAt: Date | null
  readonly name: string | null
  readonly createdAt: Date
  readonly lastSignInAt: Date | null
  readonly disabledAt: Date | null
  /** Living grants. */
  readonly grantCount: number
  readonly passkeyCount: number
}

/** By e-mail address, which is the order the pool's index has; then those without one, by id. `query`: part of the address or the name, or the user's id. */
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
        AND: [cursor === undefined ? {} : after(cursor), query ? matching(query) : {}],
      },
      select: { id: true, email: true, emailVerifiedAt: true, name: true, createdAt: true, lastSignInAt: true, disabledAt: true },
      orderBy: [{ email: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
      take: take + 1,
    }),
  )
  const page = rows.slice(0, take)
  const userIds = page.map((user) => user.id)
  const passkeys = await read((db) => db.passkey.groupBy({ by: ['userId'], where: { projectId, userId: { in: userIds } }, _count: true }))
  const passkeysOf = new Map(passkeys.map((each) => [each.userId, each._count]))
  const grants = await read((db) =>
    db.oAuthGrant.groupBy({
      by: ['userId'],
      where: { projectId, userId: { in: userIds }, revokedAt: null },
      _count: true,
    }),
  )
  const grantsOf = new Map(grants.map((grant) => [grant.userId, grant._count]))

  return {
    users: page.map((user) => ({ ...user, grantCount: grantsOf.get(user.id) ?? 0, passkeyCount: passkeysOf.get(user.id) ?? 0 })),
    nextCursor: rows.length > take ? (page.at(-1)?.email ?? page.at(-1)?.id ?? null) : null,
  }
}

/** The last row's address, or its id when it had none: no id has the form of an address. */
const after = (cursor: string) =>
  cursor.includes('@') ? { OR: [{ email: { gt: cursor } }, { email: null }] } : { email: null, id: { gt: cursor } }

/** An id is looked up by its key; anything else is searched for. */
function matching(query: string) {
  if (/^user_[\w-]{22}$/.test(query)) return { id: query }
  return { OR: [{ id: query }, { email: containing(query) }, { name: containing(query) }] } // an id of the customer's own has any form
}
