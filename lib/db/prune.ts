import { statement } from './transaction.ts'

/** Short statements, so that nobody waits for one. */
const BATCH = 1_000
/** How many batches of one kind a project gets in one run; what is left waits for the next, so that no project keeps the others waiting. */
const MAX_BATCHES = 50
/** The longest an access token can live, and an hour for whoever checks late: so long a code's replay and a family's reuse must be seen. */
const KEPT_AFTER_EXPIRY = "interval '25 hours'"

/** What is over, by table: a condition on a row, and the column of the index that finds it. */
const OVER: Readonly<
  Record<string, { readonly key: string; readonly order: string; readonly condition: string; readonly returning?: string }>
> = {
  authorization_request: { key: 'id_hash', order: 'expires_at', condition: 'expires_at < now()' },
  authorization_code: {
    key: 'code_hash',
    order: 'expires_at',
    condition: `expires_at < now() - ${KEPT_AFTER_EXPIRY}`,
    returning: 'grant_id',
  },
  refresh_family: {
    key: 'id',
    order: 'absolute_expires_at',
    condition: `absolute_expires_at < now() - ${KEPT_AFTER_EXPIRY}`,
    returning: 'grant_id',
  },
  revoked_token: { key: 'jti', order: 'expires_at', condition: 'expires_at < now()' },
  end_user_session: { key: 'id_hash', order: 'expires_at', condition: 'expires_at < now()' },
  credential_misuse: { key: 'credential_hash, action', order: 'created_at', condition: "created_at < now() - interval '30 days'" },
  oauth_client: {
    key: 'client_id',
    order: 'created_at',
    condition: `source = 'registered' AND NOT trusted AND last_used_at IS NULL AND created_at < now() - interval '30 days'
      AND NOT EXISTS (SELECT 1 FROM oauth_grant WHERE oauth_grant.project_id = $1::uuid AND oauth_grant.client_id = oauth_client.client_id)`,
  },
  signing_key: { key: 'kid', order: 'expires_at', condition: "state = 'previous' AND expires_at < now()" },
}

/** Nothing acts under a grant whose codes and families are gone; its history stays in the audit log. */
const DELETE_GRANTS = `
  DELETE FROM oauth_grant WHERE project_id = $1::uuid AND id = ANY ($2::uuid[])
    AND NOT EXISTS (SELECT 1 FROM authorization_code AS code WHERE code.project_id = $1::uuid AND code.grant_id = oauth_grant.id)
    AND NOT EXISTS (SELECT 1 FROM refresh_family AS family WHERE family.project_id = $1::uuid AND family.grant_id = oauth_grant.id)`

/** Deletes what has expired, project by project, and answers how many rows went. Several at once do no harm. Throws `Unavailable`. */
export async function prune(): Promise<number> {
  let deleted = 0
  for await (const projectId of projects()) {
    for (const table of Object.keys(OVER)) deleted += await pruneTable(projectId, table)
  }
  return deleted
}

async function pruneTable(projectId: string, table: string): Promise<number> {
  let deleted = 0
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const { rows } = await statement<{ grant_id?: string }>(`prune_${table}`, deleteBatch(table), [projectId], { repeatable: true })
    deleted += rows.length
    const grants = [...new Set(rows.flatMap(({ grant_id }) => grant_id ?? []))]
    if (grants.length > 0) await statement('prune_grants', DELETE_GRANTS, [projectId, grants], { repeatable: true })
    if (rows.length < BATCH) break
  }
  return deleted
}

function deleteBatch(table: string): string {
  const over = OVER[table]
  if (!over) throw new Error(`${table} is not pruned`)
  const { key, order, condition, returning = '1' } = over
  return `DELETE FROM ${table} WHERE project_id = $1::uuid AND (${key}) IN (
      SELECT ${key} FROM ${table} WHERE project_id = $1::uuid AND ${condition} ORDER BY ${order} LIMIT ${BATCH}
    ) AND ${condition} RETURNING ${returning}`
}

/** Deleted projects too: their rows expire like others. */
async function* projects(): AsyncGenerator<string> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const text = `SELECT id FROM project WHERE id > $1::uuid ORDER BY id LIMIT ${BATCH}`
    const { rows } = await statement<{ id: string }>('list_projects_to_prune', text, [after])
    for (const { id } of rows) yield id
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.id
  }
}
