import type { Client, OAuthStore } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

/**
 * Only another hash changes a row, so of many approvals at once one writes what happened. A copy that was read earlier
 * than the one that is kept does not replace it.
 */
const KEEP = `
  WITH kept AS (
    INSERT INTO oauth_client AS client (project_id, client_id, name, source, trusted, application_type, token_endpoint_auth_method,
      token_endpoint_auth_methods, jwks, jwks_uri, dpop_bound_access_tokens, redirect_uris, grant_types, client_uri, logo_uri, metadata_hash,
      document_read_at, created_at)
    VALUES ($1::uuid, $2, $3, 'document', false, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::timestamptz, now())
    ON CONFLICT (project_id, client_id) DO UPDATE SET name = excluded.name, application_type = excluded.application_type,
      token_endpoint_auth_method = excluded.token_endpoint_auth_method, token_endpoint_auth_methods = excluded.token_endpoint_auth_methods,
      jwks = excluded.jwks, jwks_uri = excluded.jwks_uri, dpop_bound_access_tokens = excluded.dpop_bound_access_tokens,
      redirect_uris = excluded.redirect_uris, grant_types = excluded.grant_types, client_uri = excluded.client_uri,
      logo_uri = excluded.logo_uri, metadata_hash = excluded.metadata_hash, document_read_at = excluded.document_read_at
    WHERE client.source = 'document' AND client.revoked_at IS NULL AND client.metadata_hash <> excluded.metadata_hash
      AND coalesce(excluded.document_read_at >= client.document_read_at, true)
    RETURNING client.created_at = now() AS created
  ), created AS (SELECT 1 FROM kept WHERE created
  ), changed AS (SELECT 1 FROM kept WHERE NOT created
  ), creation AS (${auditInsert(16, 'created')}
  ), change AS (${auditInsert(28, 'changed')})
  SELECT 1 FROM kept`

/** Its document was found unchanged: noted at most once an hour, but at once where a member waits for it. */
const NOTE_READ = `
  UPDATE oauth_client SET document_read_at = $4::timestamptz
  WHERE project_id = $1::uuid AND client_id = $2 AND source = 'document' AND revoked_at IS NULL AND metadata_hash = $3
    AND (document_read_at IS NULL OR document_read_at < $4::timestamptz - interval '1 hour'
      OR (document_read_at < document_stale_at AND document_stale_at <= $4::timestamptz))`

export const documentClients = ({ projectId, address }: StoreContext): Pick<OAuthStore, 'keepDocumentClient' | 'now'> => ({
  keepDocumentClient: async (client, event) => {
    const { clientId, metadataHash, documentReadAt } = client
    const { rowCount } = await repeatable('keep_document_client', KEEP, [
      ...[projectId, clientId, ...valuesOf(client), metadataHash, documentReadAt],
      ...auditValues({ ...event, action: 'client.registered' }, address),
      ...auditValues({ ...event, action: 'client.document_changed' }, address),
    ])
    if (rowCount === 0 && documentReadAt)
      await repeatable('note_document_read', NOTE_READ, [projectId, clientId, metadataHash, documentReadAt])
  },

  now: async () => {
    const { rows } = await repeatable<{ now: Date }>('now', 'SELECT now() AS now', [])
    if (!rows[0]) throw new Error('the database did not tell the time')
    return rows[0].now
  },
})

const valuesOf = (client: Client): readonly (string | boolean | null)[] => [
  client.name,
  client.applicationType,
  client.tokenEndpointAuthMethod,
  client.tokenEndpointAuthMethods.length > 1 ? JSON.stringify(client.tokenEndpointAuthMethods) : null,
  client.jwks && JSON.stringify(client.jwks),
  client.jwksUri,
  client.dpopBoundAccessTokens,
  JSON.stringify(client.redirectUris),
  JSON.stringify(client.grantTypes),
  client.clientUri,
  client.logoUri,
]
