import { read, statement } from '#lib/db/transaction.ts'
import { mailDelivery } from '#lib/mail/delivery.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type UserInput, userInput } from './inputs.ts'
import { LISTED_USER_SQL, type ListedUser } from './list.ts'

export type UserDetails = ListedUser & {
  /** `sendPasswordReset` would reach them: there is mail, an address, and passwords sign in here. */
  readonly canResetPassword: boolean
  /** What the customer set of them: custom claims are made of it. */
  readonly attributes: Readonly<Record<string, unknown>>
  readonly passkeys: readonly UserPasskey[]
  readonly identities: readonly UserIdentity[]
  /** Living ones, the latest first, at most fifty. */
  readonly sessions: readonly UserSession[]
}

export type UserPasskey = {
  readonly name: string
  /** It is in a keychain that more than one device has. */
  readonly backedUp: boolean
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

/** Who they are elsewhere. */
export type UserIdentity = { readonly issuer: string; readonly subject: string; readonly createdAt: Date }

export type UserSession = { readonly authTime: Date; readonly createdAt: Date; readonly expiresAt: Date }

/** Throws `forbidden`, `not_found`. */
export async function getUser(ctx: ManagementContext, input: UserInput): Promise<UserDetails> {
  requirePermission(ctx, 'user:read')
  const { userId } = parseInput(userInput, input)
  const where = { projectId: ctx.project.id, userId }
  const [{ rows }, passkeys, identities, sessions] = await Promise.all([
    statement<ListedUser & { attributes: string; passwordsCount: boolean }>(
      'get_user',
      `SELECT ${LISTED_USER_SQL}, u.attributes, (SELECT sign_in_password FROM project WHERE project.id = $1::uuid) AS "passwordsCount"
       FROM end_user AS u WHERE u.project_id = $1::uuid AND u.id = $2`,
      [ctx.project.id, userId],
    ),
    read((db) =>
      db.passkey.findMany({
        where,
        select: { name: true, backedUp: true, createdAt: true, lastUsedAt: true },
        orderBy: [{ createdAt: 'asc' }, { credentialId: 'asc' }],
      }),
    ),
    read((db) =>
      db.externalIdentity.findMany({
        where,
        select: { issuer: true, subject: true, createdAt: true },
        orderBy: [{ createdAt: 'asc' }, { issuer: 'asc' }],
      }),
    ),
    read(
      (db) => db.$queryRaw<UserSession[]>`
        SELECT auth_time AS "authTime", created_at AS "createdAt", expires_at AS "expiresAt" FROM end_user_session
        WHERE project_id = ${where.projectId}::uuid AND user_id = ${userId} AND expires_at > now()
        ORDER BY auth_time DESC, id_hash LIMIT 50`,
    ),
  ])
  const [row] = rows
  if (!row) throw notFound('User')
  const { passwordsCount, attributes, ...user } = row
  return {
    ...user,
    canResetPassword: passwordsCount && user.email !== null && user.disabledAt === null && mailDelivery() !== 'none',
    attributes: JSON.parse(attributes) as Record<string, unknown>,
    ...{ passkeys, identities, sessions },
  }
}
