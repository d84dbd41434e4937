import { BATCH, deleteInBatches, rowsById } from './batches.ts'
import { pruneLogs } from './prune-log.ts'
import { pruneMembers } from './prune-members.ts'
import { statement } from './transaction.ts'
import { uuidBoundSql } from './uuid-bound.ts'

/** The longest an access token can live, and an hour for whoever checks late: so long a code's replay and a family's reuse must be seen. */
const KEPT_AFTER_EXPIRY = "interval '25 hours'"
const A_MONTH_AGO = uuidBoundSql('30')

type Expiring = {
  readonly table: string
  /** Second column of its primary key; the first is the project. */
  readonly key: string
  /** What an index of the project finds it by. */
  readonly order: string
  readonly isOver: string
  /** Its rows belong to grants, which end with the last of them. */
  readonly ofGrant?: true
}

const EXPIRING: readonly Expiring[] = [
  { table: 'authorization_request', key: 'id_hash', order: 'expires_at', isOver: 'expires_at < now()' },
  {
    table: 'authorization_code',
    key: 'code_hash',
    order: 'expires_at',
    isOver: `expires_at < now() - ${KEPT_AFTER_EXPIRY}`,
    ofGrant: true,
  },
  {
    ...{ table: 'refresh_family', key: 'id', order: 'absolute_expires_at', ofGrant: true },
    isOver: `absolute_expires_at < now() - ${KEPT_AFTER_EXPIRY}`,
  },
  { table: 'revoked_token', key: 'jti', order: 'expires_at', isOver: 'expires_at < now()' },
  { table: 'used_assertion', key: 'id_hash', order: 'expires_at', isOver: 'expires_at < now()' },
  { table: 'pushed_request', key: 'id_hash', order: 'expires_at', isOver: 'expires_at < now()' },
  { table: 'device_authorization', key: 'device_code_hash', order: 'expires_at', isOver: "expires_at < now() - interval '1 hour'" },
  { table: 'upstream_sign_in', key: 'state_hash', order: 'expires_at', isOver: 'expires_at < now()' },
  { table: 'handoff', key: 'id_hash', order: 'expires_at', isOver: "expires_at < now() - interval '1 hour'" },
  { table: 'email_challenge', key: 'id_hash', order: 'expires_at', isOver: 'expires_at < now()' },
  { table: 'passkey_challenge', key: 'id_hash', order: 'expires_at', isOver: 'expires_at < now()' },
  { table: 'end_user_session', key: 'id_hash', order: 'expires_at', isOver: 'expires_at < now()' },
  { table: 'credential_misuse', key: 'credential_hash', order: 'created_at', isOver: "created_at < now() - interval '30 days'" },
  {
    ...{ table: 'oauth_client', key: 'client_id', order: 'created_at' },
    isOver: `source = 'registered' AND NOT trusted AND last_used_at IS NULL AND created_at < now() - interval '30 days'
      AND (touched_at IS NULL OR touched_at < now() - interval '30 days') AND NOT EXISTS (
      SELECT 1 FROM oauth_grant WHERE oauth_grant.project_id = oauth_client.project_id AND oauth_grant.client_id = oauth_client.client_id)`,
  },
  {
    ...{ table: 'client_logo', key: 'client_id', order: 'tried_at' },
    isOver: `tried_at < now() - interval '30 days' AND NOT EXISTS (
      SELECT 1 FROM oauth_client WHERE oauth_client.project_id = client_logo.project_id AND oauth_client.client_id = client_logo.client_id)`,
  },
  // Whether it arrived or not: nobody replays a delivery after a month.
  { table: 'webhook_attempt', key: 'delivery_id', order: 'delivery_id', isOver: `delivery_id < ${A_MONTH_AGO}` },
  { table: 'webhook_delivery', key: 'id', order: 'id', isOver: `id < ${A_MONTH_AGO}` },
  { table: 'signing_key', key: 'kid', order: 'expires_at', isOver: "state = 'previous' AND expires_at < now()" },
]

/** One look at many projects, deleted ones too, most of which have nothing to delete. LIMIT makes each look one step into an index. */
const DUE = `
  SELECT project.id, ${EXPIRING.map(({ table, isOver }) => `(SELECT true FROM ${table} WHERE project_id = project.id AND ${isOver} LIMIT 1) AS ${table}`).join(', ')}
  FROM (SELECT id FROM project WHERE id > $1::uuid ORDER BY id LIMIT ${BATCH}) AS project ORDER BY project.id`

/** By table: whether it has something to delete. */
type Project = { id: string } & Record<string, unknown>

/** Nothing acts under a grant whose codes and families are gone; its history stays in the audit log. */
const DELETE_GRANTS = `
  DELETE FROM oauth_grant WHERE project_id = $1::uuid AND id = ANY ($2::uuid[])
    AND NOT EXISTS (SELECT 1 FROM authorization_code AS code WHERE code.project_id = $1::uuid AND code.grant_id = oauth_grant.id)
    AND NOT EXISTS (SELECT 1 FROM refresh_family AS family WHERE family.project_id = $1::uuid AND family.grant_id = oauth_grant.id)`

/**
 * Deletes what has expired, project by project, then what is too old in the logs and what members left behind, and answers how many
 * rows went. Several at once do no harm. Throws `Unavailable`.
 */
export async function prune(): Promise<number> {
  let deleted = 0
  for await (const project of rowsById<Project>('find_projects_to_prune', DUE)) {
    for (const expiring of EXPIRING) if (project[expiring.table]) deleted += await pruneTable(project.id, expiring)
  }
  return deleted + (await pruneLogs()) + (await pruneMembers())
}

const pruneTable = (projectId: string, expiring: Expiring): Promise<number> =>
  deleteInBatches(async () => {
    const { rows } = await statement<{ grant_id?: string }>(`prune_${expiring.table}`, deleteBatch(expiring), [projectId], {
      repeatable: true,
    })
    const grants = [...new Set(rows.flatMap(({ grant_id }) => grant_id ?? []))]
    if (grants.length > 0) await statement('prune_grants', DELETE_GRANTS, [projectId, grants], { repeatable: true })
    return rows.length
  })

/** Rows are locked in one order by everybody, so that two purges at once wait for each other instead of for ever. */
const deleteBatch = ({ table, key, order, isOver, ofGrant }: Expiring): string => `
  WITH over AS MATERIALIZED (
    SELECT ${key} FROM ${table} WHERE project_id = $1::uuid AND ${isOver} ORDER BY ${order}, ${key} LIMIT ${BATCH} FOR UPDATE OF ${table}
  )
  DELETE FROM ${table} WHERE project_id = $1::uuid AND ${key} = ANY (ARRAY(SELECT ${key} FROM over)) AND ${isOver}
  RETURNING ${ofGrant ? 'grant_id' : '1'}`
