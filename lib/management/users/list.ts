import { statement } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { keyset, type Order, pageOf } from '../keyset.ts'
import { parseInput } from '../parse.ts'
import { likeOf } from '../search.ts'
import { type ListUsersInput, listUsersInput, type UserSort } from './inputs.ts'

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
  readonly hasPassword: boolean
  readonly passkeyCount: number
  /** Accounts elsewhere that they sign in with. */
  readonly identityCount: number
  /** Living grants. */
  readonly grantCount: number
}

const EMAIL = { by: 'email', as: 'text', nullable: true } as const
const NAME = { by: 'lower(name) COLLATE "C"', as: 'text', nullable: true } as const
const CREATED = { by: 'created_at', as: 'time' } as const
const SIGNED_IN = { by: 'last_sign_in_at', as: 'time', nullable: true } as const

const ORDERS: Readonly<Record<UserSort, Order>> = {
  email: { ...EMAIL, descending: false },
  '-email': { ...EMAIL, descending: true },
  name: { ...NAME, descending: false },
  '-name': { ...NAME, descending: true },
  createdAt: { ...CREATED, descending: false },
  '-createdAt': { ...CREATED, descending: true },
  lastSignInAt: { ...SIGNED_IN, descending: false },
  '-lastSignInAt': { ...SIGNED_IN, descending: true },
}

/** Columns of `ListedUser`, of a row called `u`. */
export const LISTED_USER_SQL = `
  u.id, u.email, u.email_verified_at AS "emailVerifiedAt", u.name, u.created_at AS "createdAt", u.last_sign_in_at AS "lastSignInAt",
  u.disabled_at AS "disabledAt", u.password_hash IS NOT NULL AS "hasPassword",
  (SELECT count(*)::int FROM passkey WHERE passkey.project_id = $1::uuid AND passkey.user_id = u.id) AS "passkeyCount",
  (SELECT count(*)::int FROM external_identity AS e WHERE e.project_id = $1::uuid AND e.user_id = u.id) AS "identityCount",
  (SELECT count(*)::int FROM oauth_grant AS g WHERE g.project_id = $1::uuid AND g.user_id = u.id AND g.revoked_at IS NULL) AS "grantCount"`

const HAS_WAY = `CASE $4::text
  WHEN 'password' THEN password_hash IS NOT NULL
  WHEN 'passkey' THEN id IN (SELECT user_id FROM passkey WHERE passkey.project_id = $1::uuid)
  WHEN 'provider' THEN id IN (SELECT user_id FROM external_identity AS e WHERE e.project_id = $1::uuid)
  ELSE true END`

/** `query`: part of the address or the name, or the user's id. Those without the value they are sorted by come last. */
export async function listUsers(
  ctx: ManagementContext,
  input: ListUsersInput = {},
): Promise<{ users: ListedUser[]; nextCursor: string | null }> {
  requirePermission(ctx, 'user:read')
  const { cursor, take, query, status, way, sort } = parseInput(listUsersInput, input)
  const { place, condition, orderBy, values, variant } = keyset(ORDERS[sort], sort, 'id', cursor, 7)

  // What is counted is counted of the page's rows only.
  const { rows } = await statement<ListedUser & { place: string | number | null }>(
    `list_users_${sort}_${variant}`,
    `SELECT ${LISTED_USER_SQL}, u.place
     FROM (
       SELECT *, ${place} FROM end_user
       WHERE project_id = $1::uuid AND ($2::text IS NULL OR id = $3 OR email ILIKE $2 OR name ILIKE $2) AND ${HAS_WAY}
         AND ($5::text IS NULL OR (disabled_at IS NOT NULL) = ($5 = 'disabled')) AND ${condition}
       ORDER BY ${orderBy} LIMIT $6
     ) AS u ORDER BY ${orderBy}`,
    [ctx.project.id, likeOf(query), query ?? null, way ?? null, status ?? null, take + 1, ...values],
  )
  const { page, nextCursor } = pageOf(rows, take, sort, (row) => row.id)
  return { users: page.map(({ place: _, ...user }) => user), nextCursor }
}
