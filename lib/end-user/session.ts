import { statement, type Transaction } from '#lib/db/transaction.ts'
import type { ResourceOwnerSession } from '#lib/oauth/context.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { randomToken } from '#lib/oauth/opaque-token.ts'
import { cookie } from './cookies.ts'

const SESSION_HOURS = 12

/** Who that session belongs to; null when it is unknown, over, or its user was disabled or signed out everywhere since. */
export async function findSession(projectId: string, idHash: string): Promise<ResourceOwnerSession | null> {
  const { rows } = await statement<ResourceOwnerSession>(
    'find_end_user_session',
    `SELECT u.id AS "userId", u.email, u.name, s.auth_time AS "authTime", s.scope_ceiling AS "scopeCeiling"
     FROM end_user_session s JOIN end_user u ON u.project_id = s.project_id AND u.id = s.user_id
     WHERE s.project_id = $1 AND s.id_hash = $2 AND s.expires_at > now()
       AND u.disabled_at IS NULL AND u.valid_from <= s.created_at`,
    [projectId, idHash],
  )
  return rows[0] ?? null
}

/** Whom a session is for. `scopeCeiling`: the most they may allow a client, space-separated; null: no such limit. */
export type Admitted = { readonly userId: string; readonly scopeCeiling: string | null }

/** `replaces`: hash of the session that ends with it. */
type NewSession = Admitted & { readonly projectId: string; readonly slug: string; readonly replaces: string | null }

/** A new session under a new value, whatever the browser brought: a planted cookie must not become somebody's session. */
export async function startSession(tx: Transaction, { projectId, slug, userId, scopeCeiling, replaces }: NewSession): Promise<string> {
  const value = randomToken()
  if (replaces) await tx.endUserSession.deleteMany({ where: { projectId, idHash: replaces } })
  await tx.$executeRaw`
    INSERT INTO end_user_session (project_id, id_hash, user_id, auth_time, scope_ceiling, expires_at)
    VALUES (${projectId}::uuid, ${sha256Hex(value)}, ${userId}, now(), ${scopeCeiling}, now() + make_interval(hours => ${SESSION_HOURS}))`
  await tx.$executeRaw`UPDATE end_user SET last_sign_in_at = now() WHERE project_id = ${projectId}::uuid AND id = ${userId}`
  return cookie('session', slug, value, SESSION_HOURS * 3600)
}

/** Ends it here and in the browser. */
export async function endSession(projectId: string, slug: string, idHash: string | null): Promise<string> {
  if (idHash) {
    await statement('end_end_user_session', 'DELETE FROM end_user_session WHERE project_id = $1 AND id_hash = $2', [projectId, idHash], {
      repeatable: true,
    })
  }
  return cookie('session', slug, '', 0)
}
