import type { NewClient, NewRegistration, OAuthStore } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { CLIENT_COLUMNS, type ClientRow, clientOf } from './clients.ts'
import { repeatable, type StoreContext } from './repeatable.ts'
import { noteSecretUsed } from './secret-use.ts'
import { HEAVY_BUDGET_BYTES, LIGHT_BYTES, MAX_LIGHT, RECORDED_PER_HOUR, weightOf } from './unvouched.ts'

/** Never used, and nobody vouched for it: what the partial index oauth_client_unused holds. */
const UNUSED = `project_id = $1::uuid AND source = 'registered' AND NOT trusted AND last_used_at IS NULL`

/** As `weightOf`. */
const WEIGHT = `(octet_length(name) + octet_length(redirect_uris) + coalesce(octet_length(client_uri), 0)
  + coalesce(octet_length(logo_uri), 0) + coalesce(octet_length(jwks), 0) + coalesce(octet_length(jwks_uri), 0))`

/**
 * A secret, if one was sent, must live; with it the client is trusted and counts towards no limit. Without, those of its weight that are
 * too many give way, the oldest first: light ones when they are ten minutes old, heavy ones at once. Parallel runs may exceed the limits
 * by as many as there are; the next one gives that back.
 */
const CREATE = `
  WITH secret AS (
    SELECT id FROM project_secret
    WHERE project_id = $1::uuid AND secret_hash = $2 AND kind = 'registration' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
  ), unused AS (
    SELECT client_id, created_at, ${WEIGHT} AS weight FROM oauth_client WHERE $2::text IS NULL AND ${UNUSED} ORDER BY created_at DESC LIMIT ${3 * MAX_LIGHT}
  ), ranked AS (
    SELECT client_id, created_at, weight > ${LIGHT_BYTES} AS heavy, row_number() OVER newest AS position, sum(weight) OVER newest AS bytes
    FROM unused WHERE (weight > ${LIGHT_BYTES}) = ($33::int > ${LIGHT_BYTES})
    WINDOW newest AS (ORDER BY created_at DESC, client_id)
  ), excess AS (
    SELECT client_id, heavy OR created_at < now() - interval '10 minutes' AS may_go FROM ranked
    WHERE CASE WHEN heavy THEN bytes + $33::int > ${HEAVY_BUDGET_BYTES} ELSE position >= ${MAX_LIGHT} END
  ), gone AS (
    DELETE FROM oauth_client WHERE ${UNUSED} AND client_id = ANY (ARRAY(SELECT client_id FROM excess WHERE may_go))
  ), admitted AS (
    SELECT EXISTS (SELECT 1 FROM secret) AS trusted
    WHERE CASE WHEN $2::text IS NULL THEN NOT EXISTS (SELECT 1 FROM excess) OR EXISTS (SELECT 1 FROM excess WHERE may_go)
          ELSE EXISTS (SELECT 1 FROM secret) END
  ), created AS (
    INSERT INTO oauth_client (project_id, client_id, name, source, trusted, application_type, token_endpoint_auth_method, secret_hash,
      secret_last_four, redirect_uris, grant_types, scope, client_uri, logo_uri, metadata_hash, token_endpoint_auth_methods, jwks, jwks_uri,
      dpop_bound_access_tokens, registration_token_hash, created_at)
    SELECT $1::uuid, $3, $4, $5, trusted, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, now() FROM admitted
    ON CONFLICT DO NOTHING
    RETURNING created_at, trusted
  ), told AS (
    SELECT 1 FROM created WHERE trusted
      OR (SELECT count(*) FROM unused WHERE unused.created_at > now() - interval '1 hour') < ${RECORDED_PER_HOUR}
  ), recorded AS (${auditInsert(21, 'told')})
  SELECT created_at, trusted FROM created`

/** A run that was repeated finds its own row: client ids are random. */
const FIND_CREATED = `SELECT created_at, trusted FROM oauth_client WHERE project_id = $1::uuid AND client_id = $2`

const LIVING = `project_id = $1::uuid AND client_id = $2 AND source = 'registered' AND revoked_at IS NULL`

const FIND = `SELECT ${CLIENT_COLUMNS}, created_at FROM oauth_client WHERE ${LIVING} AND registration_token_hash = $3`

/** The row as it was read: then the whole of it is replaced, or nothing, whoever else does the same. */
const AS_READ = `metadata_hash = $3 AND secret_hash IS NOT DISTINCT FROM $4::text`

/** Somebody vouched for it or relies on it, so that what happens to it is told. */
const KNOWN = '(trusted OR last_used_at IS NOT NULL)'

const REPLACE = `
  WITH replaced AS (
    UPDATE oauth_client SET name = $5, application_type = $6, token_endpoint_auth_method = $7, token_endpoint_auth_methods = $8,
      redirect_uris = $9, grant_types = $10, client_uri = $11, logo_uri = $12, jwks = $13, jwks_uri = $14, dpop_bound_access_tokens = $15,
      metadata_hash = $16,
      secret_hash = CASE WHEN $17::boolean THEN secret_hash ELSE $18 END,
      secret_last_four = CASE WHEN $17::boolean THEN secret_last_four ELSE $19 END,
      secret_rotated_at = CASE WHEN $17::boolean THEN secret_rotated_at ELSE now() END,
      previous_secret_hash = CASE WHEN $17::boolean THEN previous_secret_hash END,
      previous_secret_expires_at = CASE WHEN $17::boolean THEN previous_secret_expires_at END
    WHERE ${LIVING} AND ${AS_READ} AND (${KNOWN} OR $20::int <= greatest(${LIGHT_BYTES}, ${WEIGHT}))
    RETURNING ${KNOWN} AS known
  ), told AS (
    SELECT 1 FROM replaced WHERE known
  ), recorded AS (${auditInsert(21, 'told')})
  SELECT known FROM replaced`

/** A run that was repeated finds what it made. */
const WHY_NOT_REPLACED = `
  SELECT metadata_hash = $5 AND secret_hash IS NOT DISTINCT FROM $6::text AS ours, ${AS_READ} AS as_read FROM oauth_client WHERE ${LIVING}`

/** Its row stays: what it was allowed shall not look as if it had never been, and the limits above shall still count it. */
const DELETE = `
  WITH ended AS (
    UPDATE oauth_client SET revoked_at = now(), tokens_from = now(), registration_token_hash = NULL
    WHERE ${LIVING} AND registration_token_hash = $3
    RETURNING client_id, ${KNOWN} AS known
  ), grants AS (
    UPDATE oauth_grant SET revoked_at = now(), revoked_reason = 'client_revoked'
    WHERE project_id = $1::uuid AND client_id = (SELECT client_id FROM ended) AND revoked_at IS NULL
    RETURNING id
  ), logo AS (
    DELETE FROM client_logo WHERE project_id = $1::uuid AND client_id = (SELECT client_id FROM ended)
  ), families AS (
    UPDATE refresh_family SET revoked_at = now()
    WHERE project_id = $1::uuid AND grant_id = ANY (ARRAY(SELECT id FROM grants)) AND revoked_at IS NULL
  ), told AS (
    SELECT 1 FROM ended WHERE known
  )
  ${auditInsert(4, 'told')}`

type Created = { created_at: Date; trusted: boolean }
type Registrations = Pick<OAuthStore, 'createClient' | 'findRegistration' | 'replaceRegistration' | 'deleteRegistration'>

export const registrations = ({ projectId, address }: StoreContext): Registrations => ({
  createClient: async (client, registrationSecretHash, event) => {
    const values = [projectId, registrationSecretHash, ...valuesOf(client), ...auditValues(event, address), weightOf(client)]
    const { rows } = await repeatable<Created>('create_client', CREATE, values)
    const created = rows[0] ?? (await repeatable<Created>('find_created_client', FIND_CREATED, [projectId, client.clientId])).rows[0]
    if (created && registrationSecretHash !== null) noteSecretUsed({ projectId, address }, registrationSecretHash)
    if (created) return { outcome: 'created', createdAt: created.created_at, trusted: created.trusted }
    return { outcome: registrationSecretHash === null ? 'full' : 'secret_unknown' }
  },

  findRegistration: async (clientId, tokenHash) => {
    const { rows } = await repeatable<ClientRow & { created_at: Date }>('find_registration', FIND, [projectId, clientId, tokenHash])
    return rows[0] ? { ...clientOf(rows[0]), createdAt: rows[0].created_at } : null
  },

  replaceRegistration: async ({ clientId, metadataHash, secretHash }, after, event) => {
    const before = [projectId, clientId, metadataHash, secretHash]
    const values = [...before, ...replacementOf(after), weightOf(after), ...auditValues(event, address)]
    const { rowCount } = await repeatable('replace_registration', REPLACE, values)
    if (rowCount === 1) return 'replaced'
    const secretAfter = after.secret === 'kept' ? secretHash : (after.secret?.secretHash ?? null)
    const why = await repeatable<{ ours: boolean; as_read: boolean }>('why_not_replaced', WHY_NOT_REPLACED, [
      ...before,
      after.metadataHash,
      secretAfter,
    ])
    if (why.rows[0]?.ours) return 'replaced'
    return why.rows[0]?.as_read ? 'too_large' : 'changed'
  },

  deleteRegistration: async (clientId, tokenHash, event) => {
    await repeatable('delete_registration', DELETE, [projectId, clientId, tokenHash, ...auditValues(event, address)])
  },
})

type Value = string | boolean | null

const valuesOf = (client: NewClient): readonly Value[] => [
  client.clientId,
  client.name,
  client.source,
  client.applicationType,
  client.tokenEndpointAuthMethod,
  client.secretHash,
  client.secretLastFour,
  JSON.stringify(client.redirectUris),
  JSON.stringify(client.grantTypes),
  client.scope,
  client.clientUri,
  client.logoUri,
  client.metadataHash,
  methodsOf(client),
  client.jwks && JSON.stringify(client.jwks),
  client.jwksUri,
  client.dpopBoundAccessTokens,
  client.registrationTokenHash,
]

function replacementOf(after: NewRegistration): readonly Value[] {
  const kept = after.secret === 'kept'
  const secret = after.secret === 'kept' ? null : after.secret
  return [
    after.name,
    after.applicationType,
    after.tokenEndpointAuthMethod,
    methodsOf(after),
    JSON.stringify(after.redirectUris),
    JSON.stringify(after.grantTypes),
    after.clientUri,
    after.logoUri,
    after.jwks && JSON.stringify(after.jwks),
    after.jwksUri,
    after.dpopBoundAccessTokens,
    after.metadataHash,
    kept,
    secret?.secretHash ?? null,
    secret?.secretLastFour ?? null,
  ]
}

/** Null for the one method that has a column of its own. */
const methodsOf = ({ tokenEndpointAuthMethods: methods }: Pick<NewClient, 'tokenEndpointAuthMethods'>): string | null =>
  methods.length > 1 ? JSON.stringify(methods) : null
