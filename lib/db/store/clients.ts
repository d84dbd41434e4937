import type { Client, OAuthStore, ReadAt } from '#lib/oauth/store.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

/** What `clientOf` reads. */
export const CLIENT_COLUMNS = `
  client_id, name, source, trusted, application_type, token_endpoint_auth_method, token_endpoint_auth_methods, jwks, jwks_uri,
    dpop_bound_access_tokens, document_read_at, document_stale_at, secret_hash,
    CASE WHEN previous_secret_expires_at > now() THEN previous_secret_hash END AS previous_secret_hash,
    redirect_uris, grant_types, scope, client_uri, logo_uri, metadata_hash, revoked_at IS NOT NULL AS revoked, now() AS read_at`

export const FIND_CLIENT = `
  SELECT ${CLIENT_COLUMNS} FROM oauth_client WHERE project_id = $1::uuid AND client_id = $2`

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
  document_stale_at: Date | string | null
  secret_hash: string | null
  previous_secret_hash: string | null
  redirect_uris: string
  grant_types: string
  scope: string | null
  client_uri: string | null
  logo_uri: string | null
  metadata_hash: string
  revoked: boolean
  /** A text where the row came as JSON. */
  read_at: Date | string
}

export const clients = ({ projectId }: StoreContext): Pick<OAuthStore, 'findClient'> => ({
  findClient: async (clientId) => {
    const { rows } = await repeatable<ClientRow>('find_client', FIND_CLIENT, [projectId, clientId])
    return rows[0] ? clientOf(rows[0]) : null
  },
})

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
  logoUri: row.logo_uri,
  metadataHash: row.metadata_hash,
  documentReadAt: row.document_read_at === null ? null : new Date(row.document_read_at),
  ...(row.document_stale_at === null ? {} : { documentStaleAt: new Date(row.document_stale_at) }),
  revoked: row.revoked,
  readAt: new Date(row.read_at),
})
