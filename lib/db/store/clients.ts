import type { Client, NewClient, OAuthStore, ReadAt } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

export const FIND_CLIENT = `
  SELECT client_id, name, source, trusted, application_type, token_endpoint_auth_method, token_endpoint_auth_methods, jwks, jwks_uri,
    dpop_bound_access_tokens, document_read_at, secret_hash,
    CASE WHEN previous_secret_expires_at > now() THEN previous_secret_hash END AS previous_secret_hash,
    redirect_uris, grant_types, scope, client_uri, metadata_hash, revoked_at IS NOT NULL AS revoked, now() AS read_at
  FROM oauth_client WHERE project_id = $1::uuid AND client_id = $2`

/** Never used, and nobody vouched for it: what the partial index oauth_client_unused holds. */
const UNUSED = `project_id = $1::uuid AND source = 'registered' AND NOT trusted AND last_used_at IS NULL`

/** So many never-used registrations a project holds; parallel ones may exceed it by as many as run at once, the next gives that back. */
const MAX_UNUSED = 1_000

/**
 * A secret, if one was sent, must live; with it the client is trusted and counts towards no limit.
 * Without, the oldest never-used clients give way once there are too many: a stranger's flood costs only such clients.
 */
const CREATE = `
  WITH secret AS (
    SELECT id FROM project_secret
    WHERE project_id = $1::uuid AND secret_hash = $2 AND kind = 'registration' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
  ), noted AS (
    UPDATE project_secret SET last_used_at = now() FROM secret
    WHERE project_secret.project_id = $1::uuid AND project_secret.id = secret.id
      AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
  ), unused AS (
    SELECT count(*)::int AS clients FROM (SELECT 1 FROM oauth_client WHERE $2::text IS NULL AND ${UNUSED} LIMIT ${MAX_UNUSED + 100}) AS counted
  ), oldest AS (
    SELECT client_id FROM oauth_client
    WHERE (SELECT clients FROM unused) >= ${MAX_UNUSED} AND ${UNUSED} AND created_at < now() - interval '10 minutes'
    ORDER BY created_at LIMIT (SELECT greatest(clients - ${MAX_UNUSED - 1}, 0) FROM unused)
  ), gone AS (
    DELETE FROM oauth_client WHERE ${UNUSED} AND client_id = ANY (ARRAY(SELECT client_id FROM oldest))
  ), admitted AS (
    SELECT EXISTS (SELECT 1 FROM secret) AS trusted
    WHERE CASE WHEN $2::text IS NULL THEN (SELECT clients FROM unused) < ${MAX_UNUSED} OR EXISTS (SELECT 1 FROM oldest)
          ELSE EXISTS (SELECT 1 FROM secret) END
  ), created AS (
    INSERT INTO oauth_client (project_id, client_id, name, source, trusted, application_type, token_endpoint_auth_method, secret_hash,
      secret_last_four, redirect_uris, grant_types, scope, client_uri, metadata_hash, token_endpoint_auth_methods, jwks, jwks_uri,
      dpop_bound_access_tokens, registration_token_hash, created_at)
    SELECT $1::uuid, $3, $4, $5, trusted, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, now() FROM admitted
    ON CONFLICT DO NOTHING
    RETURNING created_at, trusted
  ), recorded AS (${auditInsert(20, 'created')})
  SELECT created_at, trusted FROM created`

/** A run that was repeated finds its own row: client ids are random. */
const FIND_CREATED = `SELECT created_at, trusted FROM oauth_client WHERE project_id = $1::uuid AND client_id = $2`

export type ClientRow = {
  client_id: string
  name: string
  source: Client['source']
  trusted: boolean
  application_type: Client['applicationType']
  token_endpoint_auth_method: Client['tokenEndpointAuthMethod']
  token_endpoint_auth_methods: string | null
  jwks: string | null
  jwks_uri: string | null
  dpop_bound_access_tokens: boolean
  document_read_at: Date | string | null
  secret_hash: string | null
  previous_secret_hash: string | null
  redirect_uris: string
  grant_types: string
  scope: string | null
  client_uri: string | null
  metadata_hash: string
  revoked: boolean
  /** A text where the row came as JSON. */
  read_at: Date | string
}

export const clients = ({ projectId, address }: StoreContext): Pick<OAuthStore, 'findClient' | 'createClient'> => ({
  findClient: async (clientId) => {
    const { rows } = await repeatable<ClientRow>('find_client', FIND_CLIENT, [projectId, clientId])
    return rows[0] ? clientOf(rows[0]) : null
  },

  createClient: async (client, registrationSecretHash, event) => {
    const values = [projectId, registrationSecretHash, ...valuesOf(client), ...auditValues(event, address)]
    const { rows } = await repeatable<{ created_at: Date; trusted: boolean }>('create_client', CREATE, values)
    const created =
      rows[0] ??
      (await repeatable<{ created_at: Date; trusted: boolean }>('find_created_client', FIND_CREATED, [projectId, client.clientId])).rows[0]
    if (created) return { outcome: 'created', createdAt: created.created_at, trusted: created.trusted }
    return { outcome: registrationSecretHash === null ? 'full' : 'secret_unknown' }
  },
})

const valuesOf = (client: NewClient): readonly (string | boolean | null)[] => [
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
  client.metadataHash,
  client.tokenEndpointAuthMethods.length > 1 ? JSON.stringify(client.tokenEndpointAuthMethods) : null,
  client.jwks && JSON.stringify(client.jwks),
  client.jwksUri,
  client.dpopBoundAccessTokens,
  client.registrationTokenHash,
]

export const clientOf = (row: ClientRow): Client & ReadAt => ({
  clientId: row.client_id,
  name: row.name,
  source: row.source,
  trusted: row.trusted,
  applicationType: row.application_type,
  tokenEndpointAuthMethod: row.token_endpoint_auth_method,
  tokenEndpointAuthMethods: row.token_endpoint_auth_methods
    ? (JSON.parse(row.token_endpoint_auth_methods) as Client['tokenEndpointAuthMethods'])
    : [row.token_endpoint_auth_method],
  jwks: row.jwks === null ? null : (JSON.parse(row.jwks) as Client['jwks']),
  jwksUri: row.jwks_uri,
  dpopBoundAccessTokens: row.dpop_bound_access_tokens,
  secretHashes: [row.secret_hash, row.previous_secret_hash].filter((hash) => hash !== null),
  redirectUris: JSON.parse(row.redirect_uris) as string[],
  grantTypes: JSON.parse(row.grant_types) as string[],
  scope: row.scope,
  clientUri: row.client_uri,
  metadataHash: row.metadata_hash,
  documentReadAt: row.document_read_at === null ? null : new Date(row.document_read_at),
  revoked: row.revoked,
  readAt: new Date(row.read_at),
})
