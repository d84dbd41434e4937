import type { OAuthStore, ReadAt, RefreshFamily } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { findClientWith } from './client-with.ts'
import { attributesOf, lives, noteClientUsed } from './living.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

const FIND_FAMILY = `
  SELECT id, grant_id, issuer, client_id, user_id, scope, resources, auth_time, ${attributesOf('family')}, nonce, dpop_jkt, generation, salt, current_hash, previous_hash,
    coalesce(previous_valid_until > now(), false) AS previous_valid, least(idle_expires_at, absolute_expires_at) <= now() AS expired,
    revoked_at IS NOT NULL OR NOT (${lives('family')}) AS revoked, now() AS read_at
  FROM refresh_family AS family WHERE project_id = $1::uuid AND id = $2::uuid`

/** One row per family, changed in place: rotation and revocation wait for each other on it, whatever the isolation level. */
const ROTATE = `
  WITH swapped AS (
    UPDATE refresh_family AS family SET generation = family.generation + 1, salt = $5, current_hash = $4, previous_hash = family.current_hash,
      previous_valid_until = now() + interval '60 seconds', rotated_at = now(),
      idle_expires_at = least(now() + make_interval(secs => $6::float8), family.absolute_expires_at)
    WHERE family.project_id = $1::uuid AND family.id = $2::uuid AND family.current_hash = $3 AND family.revoked_at IS NULL
      AND family.idle_expires_at > now() AND family.absolute_expires_at > now() AND ${lives('family')}
    RETURNING family.client_id, family.rotated_at
  ), used AS (${noteClientUsed('swapped')}),
  recorded AS (${auditInsert(7, 'swapped')})
  SELECT rotated_at FROM swapped`

/** The successor's salt is random, so a family that already has that successor was rotated by this call, run before. */
const FIND_ROTATED = `
  SELECT rotated_at FROM refresh_family
  WHERE project_id = $1::uuid AND id = $2::uuid AND current_hash = $3 AND previous_hash = $4 AND revoked_at IS NULL`

type FamilyRow = {
  id: string
  grant_id: string
  issuer: string
  client_id: string
  user_id: string
  scope: string
  resources: string
  auth_time: Date | string
  user_attributes: string | null
  nonce: string | null
  dpop_jkt: string | null
  generation: number
  salt: string
  current_hash: string
  previous_hash: string | null
  previous_valid: boolean
  expired: boolean
  revoked: boolean
  read_at: Date | string
}

export const refresh = ({
  projectId,
  address,
}: StoreContext): Pick<OAuthStore, 'findRefreshFamily' | 'findClientAndFamily' | 'rotateRefreshToken'> => ({
  findRefreshFamily: async (familyId) => {
    const { rows } = await repeatable<FamilyRow>('find_refresh_family', FIND_FAMILY, [projectId, familyId])
    return rows[0] ? familyOf(rows[0]) : null
  },

  findClientAndFamily: (clientId, familyId) =>
    findClientWith<FamilyRow, RefreshFamily & ReadAt>('find_client_and_family', FIND_FAMILY, [projectId, clientId, familyId], familyOf),

  rotateRefreshToken: async (familyId, presentedHash, next, event) => {
    const values = [projectId, familyId, presentedHash, next.hash, next.salt, next.idleSeconds, ...auditValues(event, address)]
    const { rows } = await repeatable<{ rotated_at: Date }>('rotate_refresh_token', ROTATE, values)
    if (rows[0]) return { outcome: 'rotated', readAt: rows[0].rotated_at }
    const before = await repeatable<{ rotated_at: Date }>('find_rotated', FIND_ROTATED, [projectId, familyId, next.hash, presentedHash])
    return before.rows[0] ? { outcome: 'rotated', readAt: before.rows[0].rotated_at } : { outcome: 'lost' }
  },
})

const familyOf = (row: FamilyRow): RefreshFamily & ReadAt => ({
  id: row.id,
  grantId: row.grant_id,
  issuer: row.issuer,
  clientId: row.client_id,
  userId: row.user_id,
  scope: row.scope,
  resources: JSON.parse(row.resources) as string[],
  authTime: new Date(row.auth_time),
  userAttributes: row.user_attributes,
  nonce: row.nonce,
  dpopJkt: row.dpop_jkt,
  generation: row.generation,
  salt: row.salt,
  currentHash: row.current_hash,
  previousHash: row.previous_hash,
  previousValid: row.previous_valid,
  expired: row.expired,
  revoked: row.revoked,
  readAt: new Date(row.read_at),
})
