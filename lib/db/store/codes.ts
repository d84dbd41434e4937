import type { AuthorizationCode, OAuthStore, ReadAt } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { findClientWith } from './client-with.ts'
import { attributesOf, lives, noteClientUsed } from './living.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

const FIND_CODE = `
  SELECT grant_id, issuer, client_id, user_id, redirect_uri, redirect_uri_sent, code_challenge, nonce, dpop_jkt, scope, resources,
    auth_time, ${attributesOf('code')}, redeemed_at IS NOT NULL AS redeemed, expires_at <= now() AS expired, NOT (${lives('code')}) AS revoked, now() AS read_at
  FROM authorization_code AS code WHERE project_id = $1::uuid AND code_hash = $2`

const REDEEM = `
  WITH spent AS (
    UPDATE authorization_code AS code SET redeemed_at = now(), redeemed_by = $3::uuid
    WHERE code.project_id = $1::uuid AND code.code_hash = $2 AND code.redeemed_at IS NULL AND code.expires_at > now() AND ${lives('code')}
    RETURNING code.grant_id, code.issuer, code.client_id, code.user_id, code.scope, code.resources, code.auth_time, code.nonce
  ), family AS (
    INSERT INTO refresh_family (project_id, id, grant_id, issuer, client_id, user_id, scope, resources, auth_time, nonce, generation, salt,
      current_hash, dpop_jkt, idle_expires_at, absolute_expires_at, created_at)
    SELECT $1::uuid, $4::uuid, grant_id, issuer, client_id, user_id, scope, resources, auth_time, nonce, 1, $5, $6, $9,
      now() + make_interval(secs => least($7::float8, $8::float8)), now() + make_interval(secs => $8::float8), now()
    FROM spent WHERE $4::uuid IS NOT NULL
  ), used AS (${noteClientUsed('spent')})
  ${auditInsert(10, 'spent')}`

/** Asked in a statement of its own: only so does it see what the winner of a race has just committed. */
const WHY_NOT_REDEEMED = `
  SELECT redeemed_at IS NOT NULL AS redeemed, redeemed_by = $3::uuid AS ours, redeemed_at > now() - interval '2 seconds' AS just_now,
    expires_at <= now() AS expired
  FROM authorization_code WHERE project_id = $1::uuid AND code_hash = $2`

type CodeRow = {
  grant_id: string
  issuer: string
  client_id: string
  user_id: string
  redirect_uri: string
  redirect_uri_sent: boolean
  code_challenge: string
  nonce: string | null
  dpop_jkt: string | null
  scope: string
  resources: string
  auth_time: Date | string
  user_attributes: string | null
  redeemed: boolean
  expired: boolean
  revoked: boolean
  read_at: Date | string
}

type Why = { redeemed: boolean; ours: boolean | null; just_now: boolean | null; expired: boolean }

export const codes = ({ projectId, address }: StoreContext): Pick<OAuthStore, 'findCode' | 'findClientAndCode' | 'redeemCode'> => ({
  findCode: async (codeHash) => {
    const { rows } = await repeatable<CodeRow>('find_code', FIND_CODE, [projectId, codeHash])
    return rows[0] ? codeOf(rows[0]) : null
  },

  findClientAndCode: (clientId, codeHash) =>
    findClientWith<CodeRow, AuthorizationCode & ReadAt>('find_client_and_code', FIND_CODE, [projectId, clientId, codeHash], codeOf),

  redeemCode: async (codeHash, requestId, family, event) => {
    const { rowCount } = await repeatable('redeem_code', REDEEM, [
      projectId,
      codeHash,
      requestId,
      ...(family
        ? [family.id, family.salt, family.currentHash, family.idleSeconds, family.absoluteSeconds, family.dpopJkt]
        : [null, null, null, null, null, null]),
      ...auditValues(event, address),
    ])
    if (rowCount === 1) return 'redeemed'
    const { rows } = await repeatable<Why>('why_not_redeemed', WHY_NOT_REDEEMED, [projectId, codeHash, requestId])
    const code = rows[0]
    if (!code) return 'expired'
    if (code.ours) return 'redeemed'
    if (code.redeemed) return code.just_now ? 'raced' : 'replayed'
    return code.expired ? 'expired' : 'revoked'
  },
})

const codeOf = (row: CodeRow): AuthorizationCode & ReadAt => ({
  grantId: row.grant_id,
  issuer: row.issuer,
  clientId: row.client_id,
  userId: row.user_id,
  redirectUri: row.redirect_uri,
  redirectUriSent: row.redirect_uri_sent,
  codeChallenge: row.code_challenge,
  nonce: row.nonce,
  dpopJkt: row.dpop_jkt,
  scope: row.scope,
  resources: JSON.parse(row.resources) as string[],
  authTime: new Date(row.auth_time),
  userAttributes: row.user_attributes,
  redeemed: row.redeemed,
  expired: row.expired,
  revoked: row.revoked,
  readAt: new Date(row.read_at),
})
