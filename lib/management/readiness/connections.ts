import { statement } from '#lib/db/transaction.ts'
import type { ManagementContext } from '../context.ts'
import { FAMILIES, type Family } from './families.ts'

/** The first client of a family that got a token for somebody who had signed in, as far as the log shows. */
export type Connection = { readonly clientId: string; readonly name: string; readonly at: Date }

export type Connections = Readonly<Record<Family['id'], Connection | null>>

const ROWS_EACH_END = 2_000

/**
 * Known by where it sends its users back to: a stranger may call itself Claude, but a code that goes to claude.ai is redeemed by nobody else.
 * From the audit log's two ends, so that a log of any length costs the same: of a client that is in use, some refresh is among the newest.
 */
const FIND = `
  WITH family AS (
    SELECT client_id, name FROM oauth_client WHERE project_id = $1::uuid AND redirect_uris LIKE ANY ($2::text[])
  ), ends AS (
    (SELECT action, client_id, user_id, at FROM audit_event WHERE project_id = $1::uuid ORDER BY id LIMIT ${ROWS_EACH_END})
    UNION ALL
    (SELECT action, client_id, user_id, at FROM audit_event WHERE project_id = $1::uuid ORDER BY id DESC LIMIT ${ROWS_EACH_END})
  )
  SELECT family.client_id AS "clientId", family.name, ends.at FROM ends JOIN family ON family.client_id = ends.client_id
  WHERE ends.action IN ('token.issued', 'refresh.rotated') AND ends.user_id IS NOT NULL
  ORDER BY ends.at LIMIT 1`

export async function connectionsOf({ project }: ManagementContext): Promise<Connections> {
  const found = await Promise.all(FAMILIES.map((family) => firstOf(project.id, family)))
  return Object.fromEntries(FAMILIES.map(({ id }, i) => [id, found[i] ?? null])) as Connections
}

async function firstOf(projectId: string, { callbacks }: Family): Promise<Connection | null> {
  const origins = new Set(callbacks.map((callback) => new URL(callback).origin))
  // A JSON array of strings, each of which begins after a quote.
  const patterns = [...origins].map((origin) => `%"${origin}/%`)
  const { rows } = await statement<Connection>('first_connection', FIND, [projectId, patterns])
  return rows[0] ?? null
}
