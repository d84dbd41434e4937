import { BATCH, MAX_BATCHES, rowsById } from './batches.ts'
import { emptyLog } from './prune-log.ts'
import { statement } from './transaction.ts'

/** So long what was deleted by mistake can still be had from its rows, by whoever runs the installation. */
const KEPT_AFTER_DELETION = "interval '30 days'"

/** Every table of a project but its log, with what follows the project in the primary key. */
export const TABLES_OF_A_PROJECT: Readonly<Record<string, string>> = {
  authorization_code: 'code_hash',
  authorization_request: 'id_hash',
  client_logo: 'client_id',
  credential_misuse: 'credential_hash, action',
  custom_domain: 'host',
  device_authorization: 'device_code_hash',
  email_challenge: 'id_hash',
  end_user: 'id',
  end_user_session: 'id_hash',
  event_counter: 'hour, kind, client_id, writer',
  external_identity: 'issuer, subject',
  handoff: 'id_hash',
  issuer: 'url',
  oauth_client: 'client_id',
  oauth_grant: 'id',
  passkey: 'credential_id',
  passkey_challenge: 'id_hash',
  project_logo: 'project_id',
  project_secret: 'id',
  pushed_request: 'id_hash',
  refresh_family: 'id',
  remembered_consent: 'user_id, client_id, place_hash',
  resource: 'identifier',
  resource_alias: 'alias',
  revoked_token: 'jti',
  saved_view: 'id',
  scope: 'name',
  signing_key: 'kid',
  trusted_issuer: 'id',
  upstream_provider: 'id',
  upstream_sign_in: 'state_hash',
  upstream_token: 'user_id, provider_id',
  usage_day: 'day, kind, key',
  used_assertion: 'id_hash',
  webhook_attempt: 'delivery_id, number',
  webhook_delivery: 'id',
  webhook_endpoint: 'id',
}

const OF_AN_ORGANISATION: Readonly<Record<string, string>> = { api_key: 'id', invitation: 'id', membership: 'member_id' }

const DUE_PROJECTS = `
  SELECT id FROM project WHERE deleted_at < now() - ${KEPT_AFTER_DELETION} AND purged_at IS NULL AND id > $1::uuid ORDER BY id LIMIT ${BATCH}`

const DUE_ORGANISATIONS = `
  SELECT id FROM organisation WHERE deleted_at < now() - ${KEPT_AFTER_DELETION} AND id > $1::uuid ORDER BY id LIMIT ${BATCH}`

/** What the row itself says of a person goes as well; name and slug stay: the slug is never anybody's again. */
const PURGED = `
  UPDATE project SET purged_at = now(), reviewer_email = NULL, reviewer_code_hash = NULL, reviewer_expires_at = NULL
  WHERE id = $1::uuid AND purged_at IS NULL`

const FORGET_ORGANISATION = 'DELETE FROM organisation WHERE id = $1::uuid AND deleted_at IS NOT NULL'

/**
 * Deletes all rows of projects and organisations that were deleted thirty days ago, their logs too, and answers how many went. The log of
 * an organisation keeps that there was such a project and who deleted it. Several at once do no harm. Throws `Unavailable`.
 */
export async function purgeDeleted(): Promise<number> {
  let deleted = 0
  for await (const { id } of rowsById('find_projects_to_purge', DUE_PROJECTS)) deleted += await purgeProject(id)
  for await (const { id } of rowsById('find_organisations_to_purge', DUE_ORGANISATIONS)) deleted += await purgeOrganisation(id)
  return deleted
}

async function purgeProject(projectId: string): Promise<number> {
  const { deleted, isEmpty } = await emptyTables(TABLES_OF_A_PROJECT, 'project_id', projectId)
  if (isEmpty) await statement('note_project_purged', PURGED, [projectId], { repeatable: true })
  return deleted
}

async function purgeOrganisation(organisationId: string): Promise<number> {
  const { deleted, isEmpty } = await emptyTables(OF_AN_ORGANISATION, 'organisation_id', organisationId)
  if (isEmpty) await statement('forget_organisation', FORGET_ORGANISATION, [organisationId], { repeatable: true })
  return deleted
}

type Emptied = { readonly deleted: number; readonly isEmpty: boolean }

async function emptyTables(tables: Readonly<Record<string, string>>, owner: string, id: string): Promise<Emptied> {
  let { deleted, isEmpty } = await emptyLog(id)
  for (const [table, key] of Object.entries(tables)) {
    const emptied = await emptyTable(table, owner, key, id)
    deleted += emptied.deleted
    isEmpty &&= emptied.isEmpty
  }
  return { deleted, isEmpty }
}

/** By the index, batch by batch; the last of fewer rows at the end. Another process may be taking the same. */
async function emptyTable(table: string, owner: string, key: string, id: string): Promise<Emptied> {
  const of = `FROM ${table} WHERE ${owner} = $1::uuid`
  const bound = `SELECT ${key} ${of} ORDER BY ${key} OFFSET ${BATCH - 1} LIMIT 1`
  const run = async (name: string, text: string) =>
    (await statement(`purge_${table}_${name}`, text, [id], { repeatable: true })).rowCount ?? 0

  let deleted = 0
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const full = await run('batch', `DELETE ${of} AND (${key}) <= (${bound})`)
    deleted += full
    if (full > 0) continue
    deleted += await run('rest', `DELETE ${of} AND NOT EXISTS (${bound})`)
    if ((await run('look', `SELECT 1 ${of} LIMIT 1`)) === 0) return { deleted, isEmpty: true }
  }
  return { deleted, isEmpty: false }
}
