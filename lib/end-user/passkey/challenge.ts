import { statement, type Transaction } from '#lib/db/transaction.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { randomToken } from '#lib/oauth/opaque-token.ts'
import { PasskeyRefused } from './refused.ts'

export const PASSKEY_CHALLENGE_MINUTES = 5

/** Who may answer it. `userId` null: anybody, to sign in; otherwise this user, to add a passkey. */
type Challenged = { readonly browserHash: string; readonly userId: string | null }

/** What an authenticator is to sign: 256 random bits, base64url. Only its hash is kept. Throws `Unavailable`. */
export async function createPasskeyChallenge(projectId: string, { browserHash, userId }: Challenged): Promise<string> {
  const challenge = randomToken()
  await statement(
    'create_passkey_challenge',
    `INSERT INTO passkey_challenge (project_id, id_hash, browser_hash, user_id, expires_at)
     VALUES ($1::uuid, $2, $3, $4::text, now() + make_interval(mins => $5)) ON CONFLICT DO NOTHING`,
    [projectId, sha256Hex(challenge), browserHash, userId, PASSKEY_CHALLENGE_MINUTES],
    { repeatable: true },
  )
  return challenge
}

/** Throws `PasskeyRefused` unless this browser was given it, for this purpose, and this is the one use of it. */
export async function spendPasskeyChallenge(
  tx: Transaction,
  projectId: string,
  challenge: string,
  { browserHash, userId }: Challenged,
): Promise<void> {
  const spent = await tx.$executeRaw`
    DELETE FROM passkey_challenge
    WHERE project_id = ${projectId}::uuid AND id_hash = ${sha256Hex(challenge)} AND browser_hash = ${browserHash}
      AND user_id IS NOT DISTINCT FROM ${userId}::text AND expires_at > now()`
  if (spent !== 1) throw new PasskeyRefused('passkey_spent')
}
