import type { OAuthStore, StoredAuthorizationRequest } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { repeatable, type StoreContext } from './repeatable.ts'
import { crowded } from './waiting.ts'

/** The handle is 128 random bits: a conflict is this very statement, run before. */
const CREATE = `
  WITH created AS (
    INSERT INTO authorization_request (project_id, id_hash, issuer, client_id, redirect_uri, redirect_uri_sent, scope, resources, state,
      code_challenge, metadata_hash, nonce, dpop_jkt, device_code_hash, login_hint, browser_hash, auth_time_from, expires_at, created_at)
    VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, now() - make_interval(secs => $17),
      now() + interval '10 minutes', now())
    ON CONFLICT DO NOTHING
    RETURNING client_id
  ), touched AS (
    UPDATE oauth_client SET touched_at = now()
    WHERE project_id = $1::uuid AND client_id = (SELECT client_id FROM created) AND last_used_at IS NULL
      AND (touched_at IS NULL OR touched_at < now() - interval '1 day')
  )
  ${auditInsert(18, 'created')}`

const FIND = `
  SELECT id_hash, issuer, client_id, redirect_uri, redirect_uri_sent, scope, resources, state, code_challenge, metadata_hash, nonce, dpop_jkt,
    device_code_hash, login_hint, browser_hash, auth_time_from, answered_at IS NOT NULL AS answered, expires_at <= now() AS expired
  FROM authorization_request WHERE project_id = $1::uuid AND id_hash = $2`

/** `$9`: who said it, of the audit row's values. */
const DENY = `
  WITH answered AS (
    UPDATE authorization_request SET answered_at = now()
    WHERE project_id = $1::uuid AND id_hash = $2 AND answered_at IS NULL AND expires_at > now()
    RETURNING client_id, device_code_hash
  ), device AS (
    UPDATE device_authorization AS device SET answer = 'denied' FROM answered
    WHERE device.project_id = $1::uuid AND device.device_code_hash = answered.device_code_hash AND device.answer IS NULL
  ), forgotten AS (
    DELETE FROM remembered_consent WHERE project_id = $1::uuid AND user_id = $9::text AND client_id = (SELECT client_id FROM answered)
  )
  ${auditInsert(3, 'answered')}`

const WHY_NOT_DENIED = `
  SELECT request.answered_at IS NOT NULL AS answered,
    EXISTS (SELECT 1 FROM audit_event WHERE project_id = $1::uuid AND id = $3::uuid) AS ours
  FROM authorization_request AS request WHERE request.project_id = $1::uuid AND request.id_hash = $2`

type Row = {
  id_hash: string
  issuer: string
  client_id: string
  redirect_uri: string
  redirect_uri_sent: boolean
  scope: string
  resources: string
  state: string | null
  code_challenge: string
  metadata_hash: string
  nonce: string | null
  dpop_jkt: string | null
  device_code_hash: string | null
  login_hint: string | null
  browser_hash: string
  auth_time_from: Date | null
  answered: boolean
  expired: boolean
}

type Requests = Pick<OAuthStore, 'createAuthorizationRequest' | 'findAuthorizationRequest' | 'denyRequest'>

export const requests = ({ projectId, address }: StoreContext): Requests => ({
  createAuthorizationRequest: async (request, maxAgeSeconds, event) => {
    if (await crowded(projectId)) return 'full'
    const { idHash, issuer, clientId, redirectUri, redirectUriSent, scope, state, codeChallenge, metadataHash } = request
    const { nonce, dpopJkt, deviceCodeHash, loginHint, browserHash } = request
    const resources = JSON.stringify(request.resources)
    await repeatable('create_authorization_request', CREATE, [
      projectId,
      ...[idHash, issuer, clientId, redirectUri, redirectUriSent, scope, resources, state, codeChallenge, metadataHash],
      ...[nonce, dpopJkt, deviceCodeHash, loginHint, browserHash],
      maxAgeSeconds,
      ...auditValues(event, address),
    ])
    return 'created'
  },

  findAuthorizationRequest: async (idHash) => {
    const { rows } = await repeatable<Row>('find_authorization_request', FIND, [projectId, idHash])
    return rows[0] ? requestOf(rows[0]) : null
  },

  denyRequest: async (idHash, event) => {
    const recorded = auditValues(event, address)
    const { rowCount } = await repeatable('deny_request', DENY, [projectId, idHash, ...recorded])
    if (rowCount === 1) return 'denied'
    const why = await repeatable<{ answered: boolean; ours: boolean }>('why_not_denied', WHY_NOT_DENIED, [projectId, idHash, recorded[0]])
    const request = why.rows[0]
    if (!request?.answered) return 'expired'
    return request.ours ? 'denied' : 'already_answered'
  },
})

const requestOf = (row: Row): StoredAuthorizationRequest => ({
  idHash: row.id_hash,
  issuer: row.issuer,
  clientId: row.client_id,
  redirectUri: row.redirect_uri,
  redirectUriSent: row.redirect_uri_sent,
  scope: row.scope,
  resources: JSON.parse(row.resources) as string[],
  state: row.state,
  codeChallenge: row.code_challenge,
  metadataHash: row.metadata_hash,
  nonce: row.nonce,
  dpopJkt: row.dpop_jkt,
  deviceCodeHash: row.device_code_hash,
  loginHint: row.login_hint,
  browserHash: row.browser_hash,
  authTimeFrom: row.auth_time_from,
  answered: row.answered,
  expired: row.expired,
})
