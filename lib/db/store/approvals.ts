import type { OAuthEvent } from '#lib/oauth/events.ts'
import type { Approval, OAuthStore } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { grantIsValid } from './living.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

/** A request that no device made, or whose device nobody has answered yet: two browsers may have typed the same user code. */
const DEVICE_WAITS = `(request.device_code_hash IS NULL OR EXISTS (
  SELECT 1 FROM device_authorization AS device WHERE device.project_id = $1::uuid AND device.device_code_hash = request.device_code_hash
    AND device.answer IS NULL AND device.expires_at > now()))`

/**
 * The user's row is locked first: whoever deletes, disables or signs out the user waits for this grant and ends it too, or was first and
 * there is none. An id that does not begin as those of our own pool do is the customer's own user, who has no row.
 */
const PERSON = `
  person AS (
    SELECT 1 FROM end_user WHERE project_id = $1::uuid AND id = $5 AND disabled_at IS NULL FOR SHARE
  )`

const PERSON_MAY = `(EXISTS (SELECT 1 FROM person) OR NOT starts_with($5, 'user_'))`

/** What this user allowed this client there before, as the client is now, covers what is granted; and they signed in late enough. */
const COVERS = `
  consent.project_id = $1::uuid AND consent.user_id = $5 AND consent.client_id = request.client_id AND consent.place_hash = $20
    AND consent.metadata_hash = request.metadata_hash AND string_to_array($7, ' ') <@ string_to_array(consent.scope, ' ')
    AND (request.auth_time_from IS NULL OR request.auth_time_from <= $6::timestamptz)`

/** Changed, so that whoever makes us forget it waits for this grant and ends it too, or was first and there is none. */
const RECALLED = `
  recalled AS (
    UPDATE remembered_consent AS consent SET updated_at = now() FROM client, waiting AS request WHERE ${COVERS} RETURNING 1
  ),`

/** The last answer counts: what is unticked today is asked about again. */
const REMEMBERED = `
  remembered AS (
    INSERT INTO remembered_consent (project_id, user_id, client_id, place_hash, scope, metadata_hash, updated_at)
    SELECT $1::uuid, $5, client_id, $20, $7, metadata_hash, now() FROM approved WHERE $20::text IS NOT NULL AND device_code_hash IS NULL
    ON CONFLICT (project_id, user_id, client_id, place_hash) DO UPDATE
      SET scope = excluded.scope, metadata_hash = excluded.metadata_hash, updated_at = excluded.updated_at
  ),`

/**
 * Then the client's row is changed, so approval, revocation of the client and its removal as never used wait for one
 * another, and each sees what the one before it did.
 */
const approveBy = (by: 'person' | 'memory'): string => `
  WITH ${PERSON}, waiting AS (
    SELECT client_id, metadata_hash, auth_time_from FROM authorization_request AS request
    WHERE ${PERSON_MAY} AND project_id = $1::uuid AND id_hash = $2 AND answered_at IS NULL AND expires_at > now() AND ${DEVICE_WAITS}
      ${by === 'memory' ? `AND EXISTS (SELECT 1 FROM remembered_consent AS consent WHERE ${COVERS})` : ''}
  ), client AS (
    UPDATE oauth_client SET last_used_at = now()
    WHERE project_id = $1::uuid AND client_id = (SELECT client_id FROM waiting) AND revoked_at IS NULL
      AND metadata_hash = (SELECT metadata_hash FROM waiting)
    RETURNING 1
  ),${by === 'memory' ? RECALLED : ''} answered AS (
    UPDATE authorization_request AS request SET answered_at = now() FROM client${by === 'memory' ? ', recalled' : ''}
    WHERE request.project_id = $1::uuid AND request.id_hash = $2 AND request.answered_at IS NULL AND request.expires_at > now()
    RETURNING request.*
  ), device AS (
    UPDATE device_authorization AS device SET answer = 'approved' FROM answered
    WHERE device.project_id = $1::uuid AND device.device_code_hash = answered.device_code_hash
      AND device.answer IS NULL AND device.expires_at > now()
    RETURNING 1
  ), approved AS (
    SELECT * FROM answered WHERE device_code_hash IS NULL OR EXISTS (SELECT 1 FROM device)
  ),${by === 'person' ? REMEMBERED : ''} kept AS (
    INSERT INTO oauth_grant (project_id, id, client_id, user_id, redirect_uri, scope, resources, created_at)
    SELECT $1::uuid, $3::uuid, client_id, $5, redirect_uri, $7, resources, now() FROM approved
  ), code AS (
    INSERT INTO authorization_code (project_id, code_hash, grant_id, request_id_hash, issuer, client_id, user_id, redirect_uri,
      redirect_uri_sent, code_challenge, nonce, dpop_jkt, scope, resources, auth_time, expires_at, created_at)
    SELECT $1::uuid, $4, $3::uuid, id_hash, issuer, client_id, $5, redirect_uri, redirect_uri_sent, code_challenge, nonce, dpop_jkt, $7,
      resources, $6::timestamptz, now() + CASE WHEN device_code_hash IS NULL THEN interval '60 seconds' ELSE interval '10 minutes' END, now()
    FROM approved
  )
  ${auditInsert(8, 'approved')}`

const APPROVE = approveBy('person')
const APPROVE_REMEMBERED = approveBy('memory')

const WHY_NOT_APPROVED = `
  SELECT request.answered_at IS NOT NULL AS answered, request.expires_at <= now() OR NOT ${DEVICE_WAITS} AS expired,
    EXISTS (SELECT 1 FROM oauth_grant WHERE project_id = $1::uuid AND id = $3::uuid) AS ours,
    starts_with($4, 'user_') AND NOT EXISTS (
      SELECT 1 FROM end_user WHERE project_id = $1::uuid AND id = $4 AND disabled_at IS NULL) AS "userGone",
    EXISTS (SELECT 1 FROM oauth_client AS client WHERE client.project_id = $1::uuid AND client.client_id = request.client_id
      AND client.revoked_at IS NULL AND client.metadata_hash <> request.metadata_hash) AS changed
  FROM authorization_request AS request WHERE request.project_id = $1::uuid AND request.id_hash = $2`

const FIND_LIVING_GRANTS = `
  SELECT redirect_uri AS "redirectUri", resources, scope FROM oauth_grant AS g
  WHERE project_id = $1::uuid AND client_id = $2 AND user_id = $3 AND ${grantIsValid('g')}
  ORDER BY created_at DESC LIMIT 100`

type WhyNotApproved = { answered: boolean; expired: boolean; ours: boolean; changed: boolean; userGone: boolean }
type GrantRow = { redirectUri: string; resources: string; scope: string }
type Approvals = Pick<OAuthStore, 'approveRequest' | 'approveRemembered' | 'findLivingGrants'>

export const approvals = ({ projectId, address }: StoreContext): Approvals => {
  const valuesOf = (
    idHash: string,
    { grantId, codeHash, userId, authTime, scope }: Approval,
    event: OAuthEvent,
    placeHash: string | null,
  ) => [...[projectId, idHash, grantId, codeHash, userId, authTime, scope], ...auditValues(event, address), placeHash]
  const whyNot = async (idHash: string, { grantId, userId }: Approval): Promise<WhyNotApproved | undefined> =>
    (await repeatable<WhyNotApproved>('why_not_approved', WHY_NOT_APPROVED, [projectId, idHash, grantId, userId])).rows[0]

  return {
    approveRequest: async (idHash, approval, placeHash, event) => {
      const { rowCount } = await repeatable('approve_request', APPROVE, valuesOf(idHash, approval, event, placeHash))
      if (rowCount === 1) return 'approved'
      const request = await whyNot(idHash, approval)
      if (!request) return 'expired'
      if (request.ours) return 'approved'
      if (request.answered) return 'already_answered'
      if (request.expired || request.userGone) return 'expired'
      return request.changed ? 'client_changed' : 'client_gone'
    },

    approveRemembered: async (idHash, approval, placeHash, event) => {
      const { rowCount } = await repeatable('approve_remembered', APPROVE_REMEMBERED, valuesOf(idHash, approval, event, placeHash))
      return rowCount === 1 || ((await whyNot(idHash, approval))?.ours ?? false)
    },

    findLivingGrants: async (clientId, userId) => {
      const { rows } = await repeatable<GrantRow>('find_living_grants', FIND_LIVING_GRANTS, [projectId, clientId, userId])
      return rows.map((row) => ({ ...row, resources: JSON.parse(row.resources) as string[] }))
    },
  }
}
