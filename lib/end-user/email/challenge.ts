import { statement, type Transaction } from '#lib/db/transaction.ts'
import { equalInConstantTime, sha256Hex } from '#lib/oauth/hash.ts'
import { emailCodeOf, randomToken, shortCodeHashOf } from '#lib/oauth/opaque-token.ts'

export type ChallengePurpose = 'sign-in' | 'verify-email' | 'reset-password' | 'change-email'

/** A mail that somebody must answer, by its code in the browser that asked or by its link. */
export type EmailChallenge = {
  /** SHA-256 of the link's token, hex. Not secret: it names the challenge on our pages. */
  readonly idHash: string
  readonly purpose: ChallengePurpose
  readonly email: string
  /** Whose account it is about; null while nobody has proven the address. */
  readonly userId: string | null
  /** `id_hash` of the authorization request it goes on with. */
  readonly requestId: string | null
  readonly browserHash: string | null
}

type NewChallenge = Omit<EmailChallenge, 'idHash'>

/** The token is for the mailed link and the code for the mail, nothing else; neither is stored. */
export type IssuedChallenge = { readonly idHash: string; readonly token: string; readonly code: string }

/** How long each counts. A code is short, so its time is. */
export const CHALLENGE_MINUTES = { 'sign-in': 10, 'verify-email': 10, 'change-email': 10, 'reset-password': 30 } as const satisfies Record<
  ChallengePurpose,
  number
>

const MAX_ATTEMPTS = 5

/** It was used, replaced, tried too often or has expired since it was found. */
export class ChallengeSpent extends Error {
  constructor() {
    super('The challenge is spent')
    this.name = 'ChallengeSpent'
  }
}

/**
 * Only the newest counts. A stranger who asks for codes for somebody's address must not end theirs, so codes replace those of the same
 * browser only; links work in any browser and are for one address or, for a new address, for one user.
 */
const REPLACED: Readonly<Record<ChallengePurpose, string>> = {
  'sign-in': 'email = $4 AND browser_hash = $7',
  'verify-email': 'email = $4 AND browser_hash = $7',
  'reset-password': 'email = $4',
  'change-email': 'user_id = $5',
}

const create = (purpose: ChallengePurpose): string => `
  WITH replaced AS (
    UPDATE email_challenge SET used_at = now()
    WHERE project_id = $1::uuid AND purpose = $3 AND used_at IS NULL AND expires_at > now() AND ${REPLACED[purpose]} AND id_hash <> $2
  )
  INSERT INTO email_challenge (project_id, id_hash, purpose, email, user_id, request_id, browser_hash, code_hash, expires_at)
  VALUES ($1::uuid, $2, $3, $4, $5::text, $6, $7, $8, now() + make_interval(mins => $9))
  ON CONFLICT DO NOTHING`

/**
 * Made for unknown addresses too, with nothing sent: known and unknown cost the same. `withCode` false: the link alone counts.
 * Throws `Unavailable`.
 */
export async function createChallenge(
  projectId: string,
  challenge: NewChallenge,
  pepper: Uint8Array,
  { withCode = true }: { withCode?: boolean } = {},
): Promise<IssuedChallenge> {
  const { purpose, email, userId, requestId, browserHash } = challenge
  const token = randomToken()
  const idHash = sha256Hex(token)
  const code = emailCodeOf(token, pepper)
  const codeHash = withCode ? shortCodeHashOf('email', idHash, code, pepper) : null
  const values = [projectId, idHash, purpose, email, userId, requestId, browserHash, codeHash, CHALLENGE_MINUTES[purpose]]
  await statement(`create_${purpose.replace('-', '_')}_challenge`, create(purpose), values, { repeatable: true })
  return { idHash, token, code }
}

const COLUMNS = `id_hash AS "idHash", purpose, email, user_id AS "userId", request_id AS "requestId", browser_hash AS "browserHash"`
const IS_OPEN = 'used_at IS NULL AND expires_at > now()'

/** The open challenge of a mailed link; null for any other. */
export async function challengeOfLink(projectId: string, token: string): Promise<EmailChallenge | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null
  const { rows } = await statement<EmailChallenge>(
    'find_email_challenge',
    `SELECT ${COLUMNS} FROM email_challenge WHERE project_id = $1::uuid AND id_hash = $2 AND ${IS_OPEN}`,
    [projectId, sha256Hex(token)],
  )
  return rows[0] ?? null
}

/** The open challenge that this browser asked for, so that its page can say where the mail went. */
export async function challengeOfBrowser(projectId: string, idHash: string, browserHash: string): Promise<EmailChallenge | null> {
  const { rows } = await statement<EmailChallenge>(
    'find_email_challenge_of_browser',
    `SELECT ${COLUMNS} FROM email_challenge WHERE project_id = $1::uuid AND id_hash = $2 AND browser_hash = $3 AND ${IS_OPEN}`,
    [projectId, idHash, browserHash],
  )
  return rows[0] ?? null
}

const TRY = `
  UPDATE email_challenge SET attempts = attempts + 1
  WHERE project_id = $1::uuid AND id_hash = $2 AND browser_hash = $3 AND attempts < ${MAX_ATTEMPTS} AND ${IS_OPEN}
  RETURNING ${COLUMNS}, code_hash AS "codeHash"`

/**
 * Takes one of the five tries, before it is known whether the code is right: several at once get no more. Null when there is nothing
 * to try: another browser's, used, expired or tried out. Spending it comes later, in the transaction of what it allows.
 */
export async function tryCode(
  projectId: string,
  { idHash, browserHash, code }: { idHash: string; browserHash: string; code: string },
  pepper: Uint8Array,
): Promise<{ challenge: EmailChallenge; right: boolean } | null> {
  const { rows } = await statement<EmailChallenge & { codeHash: string | null }>(
    'try_email_code',
    TRY,
    [projectId, idHash, browserHash],
    { repeatable: true }, // a try may count twice when an answer was lost
  )
  const [row] = rows
  if (!row) return null
  const { codeHash, ...challenge } = row
  return { challenge, right: codeHash !== null && equalInConstantTime(codeHash, shortCodeHashOf('email', idHash, code, pepper)) }
}

/** Throws `ChallengeSpent` unless this is the one use of it. */
export async function spendChallenge(tx: Transaction, projectId: string, idHash: string): Promise<void> {
  const spent = await tx.$executeRaw`
    UPDATE email_challenge SET used_at = now()
    WHERE project_id = ${projectId}::uuid AND id_hash = ${idHash} AND used_at IS NULL AND expires_at > now()`
  if (spent !== 1) throw new ChallengeSpent()
}

/** After a new password or address nothing that was mailed before counts. */
export async function endChallenges(tx: Transaction, projectId: string, userId: string, email: string | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE email_challenge SET used_at = now()
    WHERE project_id = ${projectId}::uuid AND used_at IS NULL AND expires_at > now() AND (user_id = ${userId} OR email = ${email}::text)`
}
