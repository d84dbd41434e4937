import { read, statement, type Transaction } from '#lib/db/transaction.ts'
import { newUserId } from '#lib/oauth/identifier.ts'
import { verifyPassword } from '#lib/password.ts'

/** The account this e-mail and password open; null for unknown, wrong and disabled, after the same work. Throws `TooBusy`. */
export async function accountFor(projectId: string, email: string, password: string): Promise<string | null> {
  const user = await read((db) =>
    db.endUser.findUnique({ where: { projectId_email: { projectId, email } }, select: { id: true, passwordHash: true, disabledAt: true } }),
  )
  const right = await verifyPassword(user?.passwordHash ?? null, password)
  return user && right && !user.disabledAt ? user.id : null
}

/** Who has this address, if anybody. */
export async function accountAt(projectId: string, email: string): Promise<{ id: string; disabled: boolean } | null> {
  const { rows } = await statement<{ id: string; disabled: boolean }>(
    'find_end_user_by_email',
    'SELECT id, disabled_at IS NOT NULL AS disabled FROM end_user WHERE project_id = $1::uuid AND email = $2',
    [projectId, email],
  )
  return rows[0] ?? null
}

/** Throws `UniqueViolation` when the address has an account. Answers the new user's id, which is its `sub`. */
export async function createAccount(
  tx: Transaction,
  projectId: string,
  email: string,
  passwordHash: string | null,
  { proven = false }: { proven?: boolean } = {},
): Promise<string> {
  const id = newUserId()
  await tx.endUser.create({ data: { projectId, id, email, passwordHash } })
  if (proven) await tx.$executeRaw`UPDATE end_user SET email_verified_at = now() WHERE project_id = ${projectId}::uuid AND id = ${id}`
  return id
}

/**
 * Somebody has just shown that the address is theirs. If nobody had shown it before, whoever made the account may have been somebody
 * else: password, passkeys, sessions, what clients were allowed and upstream identities go. Identities that the customer's own issuers
 * vouch for stay.
 */
export async function takeOverAddress(tx: Transaction, projectId: string, userId: string): Promise<void> {
  const first = await tx.$executeRaw`
    UPDATE end_user SET email_verified_at = now(), password_hash = NULL, valid_from = now()
    WHERE project_id = ${projectId}::uuid AND id = ${userId} AND email_verified_at IS NULL`
  if (first === 0) return
  await tx.passkey.deleteMany({ where: { projectId, userId } })
  await tx.endUserSession.deleteMany({ where: { projectId, userId } })
  await tx.upstreamToken.deleteMany({ where: { projectId, userId } })
  await tx.rememberedConsent.deleteMany({ where: { projectId, userId } })
  await tx.$executeRaw`
    DELETE FROM external_identity WHERE project_id = ${projectId}::uuid AND user_id = ${userId}
      AND issuer NOT IN (SELECT issuer FROM trusted_issuer WHERE project_id = ${projectId}::uuid)`
}

/** What the account page shows, and what a change of the account is decided upon. */
export type AccountDetails = {
  readonly email: string | null
  readonly verified: boolean
  readonly passwordHash: string | null
  /** Signed in within the last ten minutes. */
  readonly recent: boolean
}

/** Null when the user has been disabled since. */
export async function accountDetails(
  projectId: string,
  { userId, authTime }: { userId: string; authTime: Date },
): Promise<AccountDetails | null> {
  const { rows } = await statement<AccountDetails>(
    'find_account_details',
    `SELECT email, email_verified_at IS NOT NULL AS verified, password_hash AS "passwordHash",
       $3::timestamptz > now() - interval '10 minutes' AS recent
     FROM end_user WHERE project_id = $1::uuid AND id = $2 AND disabled_at IS NULL`,
    [projectId, userId, authTime],
  )
  return rows[0] ?? null
}
