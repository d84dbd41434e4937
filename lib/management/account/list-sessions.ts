import { read } from '#lib/db/transaction.ts'
import type { AccountContext } from './context.ts'
import { IDLE_SECONDS, type SessionWay } from './session.ts'

export type ListedSession = {
  readonly id: string
  /** The one that asks. */
  readonly isThis: boolean
  readonly way: SessionWay
  readonly address: string | null
  readonly userAgent: string | null
  /** To the minute. */
  readonly lastSeenAt: Date
  readonly createdAt: Date
}

/** Those that still count, this one first, then by last use. At most a hundred. */
export async function listSessions({ memberId, sessionId }: AccountContext): Promise<ListedSession[]> {
  return read(
    (db) => db.$queryRaw<ListedSession[]>`
    SELECT s.id, s.id = ${sessionId}::uuid AS "isThis", s.way, s.address, s.user_agent AS "userAgent", s.last_seen_at AS "lastSeenAt",
      s.created_at AS "createdAt"
    FROM member_session s JOIN member m ON m.id = s.member_id
    WHERE s.member_id = ${memberId}::uuid AND NOT s.awaits_second_factor AND s.ended_at IS NULL AND s.expires_at > now()
      AND s.last_seen_at > now() - make_interval(secs => ${IDLE_SECONDS}) AND s.created_at >= m.sessions_from
    ORDER BY s.id = ${sessionId}::uuid DESC, s.last_seen_at DESC, s.id LIMIT 100`,
  )
}
