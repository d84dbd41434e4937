import { read, type Transaction } from '#lib/db/transaction.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { randomToken } from '#lib/oauth/opaque-token.ts'

export type ChallengePurpose = 'passkey-registration' | 'passkey-sign-in' | 'verify-email' | 'reset-password' | 'change-email'

/** How long each counts, in minutes. */
export const CHALLENGE_MINUTES = {
  'passkey-registration': 5,
  'passkey-sign-in': 5,
  'verify-email': 1_440,
  'reset-password': 30,
  'change-email': 60,
} as const satisfies Record<ChallengePurpose, number>

const MAILED: readonly ChallengePurpose[] = ['verify-email', 'reset-password', 'change-email']

/**
 * 256 random bits, base64url, of which only the hash is kept. `memberId` null: anybody may answer, or, for mail, nobody can: an address
 * without an account costs the same. Of mailed links only the newest counts. `email`: the new address, of a change of address.
 */
export async function createChallenge(purpose: ChallengePurpose, memberId: string | null, email: string | null = null): Promise<string> {
  const token = randomToken()
  const isMailed = MAILED.includes(purpose)
  await read(
    (db) => db.$executeRaw`
    WITH replaced AS (
      UPDATE member_challenge SET used_at = now()
      WHERE ${isMailed} AND member_id = ${memberId}::uuid AND purpose = ${purpose} AND used_at IS NULL AND expires_at > now()
    )
    INSERT INTO member_challenge (id_hash, purpose, email, member_id, expires_at)
    VALUES (${sha256Hex(token)}, ${purpose}, ${email}, ${memberId}::uuid, now() + make_interval(mins => ${CHALLENGE_MINUTES[purpose]}))
    ON CONFLICT DO NOTHING`,
  )
  return token
}

/** Whose it is, null for anybody's; undefined unless it counts for this, and this is the one use of it. */
export async function spendChallenge(tx: Transaction, purpose: ChallengePurpose, token: string): Promise<string | null | undefined> {
  const [spent] = await tx.$queryRaw<{ memberId: string | null }[]>`
    UPDATE member_challenge SET used_at = now()
    WHERE id_hash = ${sha256Hex(token)} AND purpose = ${purpose} AND used_at IS NULL AND expires_at > now()
    RETURNING member_id AS "memberId"`
  return spent?.memberId
}

/** To which address the member of this link wants to change, of the one use of it; undefined as above. */
export async function spendEmailChange(tx: Transaction, memberId: string, token: string): Promise<string | undefined> {
  const [spent] = await tx.$queryRaw<{ email: string }[]>`
    UPDATE member_challenge SET used_at = now()
    WHERE id_hash = ${sha256Hex(token)} AND purpose = 'change-email' AND member_id = ${memberId}::uuid
      AND used_at IS NULL AND expires_at > now()
    RETURNING email`
  return spent?.email
}

/** Whether a mailed link still counts: for the page it opens, which spends nothing. */
export async function isOpen(purpose: ChallengePurpose, token: string): Promise<boolean> {
  const found = await read(
    (db) => db.$queryRaw<unknown[]>`
    SELECT 1 FROM member_challenge
    WHERE id_hash = ${sha256Hex(token)} AND purpose = ${purpose} AND member_id IS NOT NULL AND used_at IS NULL AND expires_at > now()`,
  )
  return found.length === 1
}

/** Links that give power over this member's account count no longer. */
export const endMailedLinks = (tx: Transaction, memberId: string): Promise<number> => tx.$executeRaw`
  UPDATE member_challenge SET used_at = now()
  WHERE member_id = ${memberId}::uuid AND purpose IN ('reset-password', 'change-email') AND used_at IS NULL AND expires_at > now()`
