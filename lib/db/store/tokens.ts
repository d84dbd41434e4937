import type { IssuedToken, OAuthStore } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { clientLives } from './living.ts'
import { checkSecret, type SecretRow, secretCheckOf } from './records.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

/** Codes of the grant die with it, since each is checked against it; families also carry the mark on the row that rotation changes. */
const REVOKE_GRANT = `
  WITH ended AS (
    UPDATE oauth_grant SET revoked_at = now(), revoked_reason = $3
    WHERE project_id = $1::uuid AND id = $2::uuid AND revoked_at IS NULL
    RETURNING 1
  ), families AS (
    UPDATE refresh_family SET revoked_at = now() WHERE project_id = $1::uuid AND grant_id = $2::uuid AND revoked_at IS NULL
  )
  ${auditInsert(4, 'ended')}`

const REVOKE_TOKEN = `
  WITH revoked AS (
    INSERT INTO revoked_token (project_id, jti, expires_at, revoked_at) VALUES ($1::uuid, $2, $3::timestamptz, now())
    ON CONFLICT DO NOTHING
    RETURNING 1
  )
  ${auditInsert(4, 'revoked')}`

/** A workload has no row of its own: it lives by whom the project trusts, and has trusted since it got its token. */
const TRUSTED = `EXISTS (SELECT 1 FROM trusted_issuer WHERE project_id = $1::uuid AND kind = 'workload' AND issuer = $8
  AND date_trunc('second', created_at) <= $6::timestamptz)`

/**
 * `iat` has whole seconds, so a token of the second in which its client was cut off counts as older. Its grant tells
 * the time exactly; where there is none, a `valid_from` that was never moved since the user was made cuts nothing off.
 */
const LIVES = `
  SELECT $7::timestamptz > now()
    AND NOT EXISTS (SELECT 1 FROM revoked_token WHERE project_id = $1::uuid AND jti = $2)
    AND CASE WHEN $8::text IS NULL THEN ${clientLives('$4', '$6::timestamptz')} ELSE ${TRUSTED} END
    AND ($3::uuid IS NULL OR EXISTS (SELECT 1 FROM oauth_grant WHERE project_id = $1::uuid AND id = $3::uuid AND revoked_at IS NULL))
    AND ($5::text IS NULL OR NOT EXISTS (
      SELECT 1 FROM end_user WHERE project_id = $1::uuid AND id = $5 AND (disabled_at IS NOT NULL
        OR CASE WHEN $3::uuid IS NULL THEN valid_from > $6::timestamptz AND valid_from > created_at
           ELSE valid_from > (SELECT oauth_grant.created_at FROM oauth_grant WHERE oauth_grant.project_id = $1::uuid AND oauth_grant.id = $3::uuid) END)))
    AS lives`

const CHECK_SECRET_AND_TOKEN = `${checkSecret('$9')}, (${LIVES}) AS lives`

export const tokens = ({
  projectId,
  address,
}: StoreContext): Pick<OAuthStore, 'revokeGrant' | 'revokeToken' | 'tokenLives' | 'checkSecretAndToken'> => ({
  revokeGrant: async (grantId, reason, event) => {
    await repeatable('revoke_grant', REVOKE_GRANT, [projectId, grantId, reason, ...auditValues(event, address)])
  },

  revokeToken: async (jti, expiresAt, event) => {
    await repeatable('revoke_token', REVOKE_TOKEN, [projectId, jti, expiresAt, ...auditValues(event, address)])
  },

  tokenLives: async (token) => {
    const { rows } = await repeatable<{ lives: boolean }>('token_lives', LIVES, [projectId, ...keyOf(token)])
    return rows[0]?.lives === true
  },

  checkSecretAndToken: async (serverSecretHash, token) => {
    const values = [projectId, ...keyOf(token), serverSecretHash]
    const { rows } = await repeatable<SecretRow & { lives: boolean }>('check_secret_and_token', CHECK_SECRET_AND_TOKEN, values)
    return { ...secretCheckOf(rows[0], { kind: 'server', hash: serverSecretHash }, { projectId, address }), lives: rows[0]?.lives === true }
  },
})

const keyOf = ({ jti, grantId, clientId, userId, issuedAt, expiresAt, workloadIssuer }: IssuedToken) => [
  jti,
  grantId,
  clientId,
  userId,
  issuedAt,
  expiresAt,
  workloadIssuer ?? null,
]
