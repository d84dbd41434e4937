import { inTransaction, read } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { recordOwnAct } from './context.ts'
import type { ProviderId } from './inputs.ts'

/** How a member proved who they are. */
export type SessionWay = 'password' | 'passkey' | ProviderId

/** What a session's cookie names. */
export type SessionKey = { readonly memberId: string; readonly sessionId: string }

/** Where a member sits: for their list of sessions, and for the log. */
export type Device = { readonly address?: string | undefined; readonly userAgent?: string | undefined }

/** So long at most, in seconds. */
export const SESSION_SECONDS = 30 * 86_400
/** So long without a visit, in seconds. */
export const IDLE_SECONDS = 7 * 86_400
/** The right password alone opens nothing but the question for the second factor, for so long. */
const HALF_OPEN_SECONDS = 600
/** Longer than any browser says of itself. */
const MAX_USER_AGENT = 512

/** A row for a browser whose member has just proven who they are, with the first of two factors or with all that is asked for. */
export async function openSession(
  memberId: string,
  { way, awaitsSecondFactor }: { readonly way: SessionWay; readonly awaitsSecondFactor: boolean },
  { address, userAgent }: Device,
): Promise<SessionKey> {
  const sessionId = uuidv7()
  const seconds = awaitsSecondFactor ? HALF_OPEN_SECONDS : SESSION_SECONDS
  await inTransaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO member_session (member_id, id, authenticated_at, way, awaits_second_factor, address, user_agent, expires_at)
      VALUES (${memberId}::uuid, ${sessionId}::uuid, now(), ${way}, ${awaitsSecondFactor}, ${address ?? null},
        ${userAgent?.slice(0, MAX_USER_AGENT) ?? null}, now() + make_interval(secs => ${seconds}))`
    if (awaitsSecondFactor) return
    await tx.$executeRaw`UPDATE member SET last_sign_in_at = now() WHERE id = ${memberId}::uuid`
    await recordOwnAct(tx, { memberId, address }, { action: 'member.signed_in', way })
  })
  return { memberId, sessionId }
}

export type SessionMember = {
  readonly id: string
  readonly sessionId: string
  readonly email: string
  readonly name: string
  /** They proved in the last ten minutes who they are. */
  readonly recentlyAuthenticated: boolean
  /** They have an authenticator app or a passkey. */
  readonly hasSecondFactor: boolean
}

/** Whose session it is, and that it was used, to the minute. Null: it ended, expired, lay idle, or still asks for the second factor. */
export async function findSession({ memberId, sessionId }: SessionKey): Promise<SessionMember | null> {
  const [found] = await read(
    (db) => db.$queryRaw<SessionMember[]>`
    WITH living AS (
      SELECT m.id, s.id AS "sessionId", m.email, m.name, s.last_seen_at,
        s.authenticated_at > now() - interval '10 minutes' AS "recentlyAuthenticated",
        m.totp_confirmed_at IS NOT NULL OR EXISTS (SELECT 1 FROM member_passkey p WHERE p.member_id = m.id) AS "hasSecondFactor"
      FROM member_session s JOIN member m ON m.id = s.member_id
      WHERE s.member_id = ${memberId}::uuid AND s.id = ${sessionId}::uuid AND NOT s.awaits_second_factor
        AND s.ended_at IS NULL AND s.expires_at > now() AND s.last_seen_at > now() - make_interval(secs => ${IDLE_SECONDS})
        AND s.created_at >= m.sessions_from
    ), seen AS (
      UPDATE member_session s SET last_seen_at = now() FROM living
      WHERE s.member_id = living.id AND s.id = living."sessionId" AND living.last_seen_at < now() - interval '1 minute'
    )
    SELECT id, "sessionId", email, name, "recentlyAuthenticated", "hasSecondFactor" FROM living`,
  )
  return found ?? null
}

/** Whether this session has the first factor and asks for the second. */
export async function awaitsSecondFactor({ memberId, sessionId }: SessionKey): Promise<boolean> {
  const found = await read(
    (db) => db.$queryRaw<unknown[]>`
    SELECT 1 FROM member_session s JOIN member m ON m.id = s.member_id
    WHERE s.member_id = ${memberId}::uuid AND s.id = ${sessionId}::uuid AND s.awaits_second_factor
      AND s.ended_at IS NULL AND s.expires_at > now() AND s.created_at >= m.sessions_from`,
  )
  return found.length === 1
}
