import { statement, type Transaction } from '#lib/db/transaction.ts'
import type { Issuer } from '#lib/oauth/context.ts'
import { GITHUB } from '../upstream/provider.ts'
import { offeredWays } from '../ways.ts'
import { PasskeyRefused } from './refused.ts'
import type { VerifiedAssertion, VerifiedRegistration } from './response.ts'

export const MAX_PASSKEYS = 20

/** What an assertion is verified with. `publicKey`: COSE, base64url. */
export type Passkey = { readonly userId: string; readonly name: string; readonly publicKey: string }

/** As the account page lists it. */
export type OwnPasskey = {
  readonly credentialId: string
  readonly name: string
  readonly transports: readonly string[]
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

/** Null for one that this project does not know, whoever else on this host may. */
export async function findPasskey(projectId: string, credentialId: string): Promise<Passkey | null> {
  const { rows } = await statement<Passkey>(
    'find_passkey',
    `SELECT user_id AS "userId", name, public_key AS "publicKey" FROM passkey WHERE project_id = $1::uuid AND credential_id = $2`,
    [projectId, credentialId],
  )
  return rows[0] ?? null
}

/** Oldest first. */
export async function passkeysOf(projectId: string, userId: string): Promise<OwnPasskey[]> {
  const { rows } = await statement<Omit<OwnPasskey, 'transports'> & { transports: string }>(
    'list_passkeys',
    `SELECT credential_id AS "credentialId", name, transports, created_at AS "createdAt", last_used_at AS "lastUsedAt"
     FROM passkey WHERE project_id = $1::uuid AND user_id = $2 ORDER BY created_at, credential_id`,
    [projectId, userId],
  )
  return rows.map((row) => ({ ...row, transports: JSON.parse(row.transports) as string[] }))
}

/**
 * Holds the account until the transaction ends, so that its passkeys are counted and changed by one at a time, and only for a session
 * that began within ten minutes and still counts: one that somebody else ended meanwhile must leave nothing behind.
 * Throws `PasskeyRefused`.
 */
export async function holdAccount(
  tx: Transaction,
  projectId: string,
  { userId, sessionHash }: { userId: string; sessionHash: string | null },
): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM end_user_session s JOIN end_user u ON u.project_id = s.project_id AND u.id = s.user_id
    WHERE s.project_id = ${projectId}::uuid AND s.id_hash = ${sessionHash}::text AND s.user_id = ${userId} AND s.expires_at > now()
      AND s.auth_time > now() - interval '10 minutes' AND u.disabled_at IS NULL AND u.valid_from <= s.created_at
    FOR UPDATE OF u`
  if (held.length !== 1) throw new PasskeyRefused('not_recent')
}

/** After `holdAccount`. Throws `PasskeyRefused` beyond twenty, `UniqueViolation` when the project knows it already. */
export async function keepPasskey(
  tx: Transaction,
  projectId: string,
  { userId, name, registered }: { userId: string; name: string; registered: VerifiedRegistration },
): Promise<void> {
  if ((await tx.passkey.count({ where: { projectId, userId } })) >= MAX_PASSKEYS) throw new PasskeyRefused('passkey_full')
  const { credentialId, publicKey, signCount, backedUp, transports } = registered
  await tx.passkey.create({
    data: { projectId, credentialId, userId, name, publicKey, signCount, backedUp, transports: JSON.stringify(transports) },
  })
}

/**
 * Counts one use of it. False when its counter has not grown: somebody may have a copy of the key (WebAuthn Level 3 §6.1.1).
 * Authenticators that do not count say 0 for ever. False too when it was removed or its user disabled meanwhile.
 */
export async function countPasskeyUse(
  tx: Transaction,
  projectId: string,
  { credentialId, userId }: { credentialId: string; userId: string },
  { signCount, backedUp }: VerifiedAssertion,
): Promise<boolean> {
  const used = await tx.$executeRaw`
    UPDATE passkey SET sign_count = ${signCount}::bigint, backed_up = ${backedUp}, last_used_at = now()
    WHERE project_id = ${projectId}::uuid AND credential_id = ${credentialId} AND user_id = ${userId}
      AND (sign_count < ${signCount}::bigint OR (sign_count = 0 AND ${signCount}::bigint = 0))
      AND EXISTS (SELECT 1 FROM end_user u WHERE u.project_id = ${projectId}::uuid AND u.id = ${userId} AND u.disabled_at IS NULL)`
  return used === 1
}

/** The counter that was kept, when this one is not above it; null when that is not what is wrong. */
export async function counterAhead(
  tx: Transaction,
  projectId: string,
  credentialId: string,
  { signCount }: VerifiedAssertion,
): Promise<number | null> {
  const kept = await tx.passkey.findFirst({
    where: { projectId, credentialId, signCount: { gte: signCount, gt: 0 } },
    select: { signCount: true },
  })
  return kept && Number(kept.signCount)
}

/** After `holdAccount`. Answers its name; null when there is none. Throws `PasskeyRefused` when it is the last way in. */
export async function removePasskey(
  tx: Transaction,
  issuer: Issuer,
  { userId, credentialId }: { userId: string; credentialId: string },
): Promise<string | null> {
  const { projectId } = issuer
  const [removed] = await tx.$queryRaw<{ name: string }[]>`
    DELETE FROM passkey WHERE project_id = ${projectId}::uuid AND credential_id = ${credentialId} AND user_id = ${userId} RETURNING name`
  if (!removed) return null
  if (!(await hasWayIn(tx, issuer, userId))) throw new PasskeyRefused('passkey_last')
  return removed.name
}

async function hasWayIn(tx: Transaction, issuer: Issuer, userId: string): Promise<boolean> {
  const { projectId } = issuer
  const { password, emailCode, reset } = offeredWays(issuer)
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM end_user u WHERE u.project_id = ${projectId}::uuid AND u.id = ${userId} AND (
      (u.email IS NOT NULL AND (${emailCode || reset} OR (${password} AND u.password_hash IS NOT NULL)))
      OR EXISTS (SELECT 1 FROM passkey p WHERE p.project_id = u.project_id AND p.user_id = u.id)
      OR EXISTS (SELECT 1 FROM external_identity e JOIN upstream_provider p ON p.project_id = e.project_id AND p.enabled
          AND e.issuer = coalesce(p.issuer, ${GITHUB}::text)
        WHERE e.project_id = u.project_id AND e.user_id = u.id))`
  return found.length === 1
}
