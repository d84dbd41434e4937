import type { DeviceAuthorization, OAuthStore } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { repeatable, type StoreContext } from './repeatable.ts'
import { crowded } from './waiting.ts'

const CREATE = `
  WITH created AS (
    INSERT INTO device_authorization (project_id, device_code_hash, user_code_hash, issuer, client_id, scope, resources, expires_at, created_at)
    VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, now() + interval '10 minutes', now())
    ON CONFLICT DO NOTHING
    RETURNING 1
  )
  ${auditInsert(8, 'created')}`

/** A run that was repeated finds its own row: device codes are random. */
const FIND_CREATED = `SELECT 1 FROM device_authorization WHERE project_id = $1::uuid AND device_code_hash = $2`

const FIND_WAITING = `
  SELECT device_code_hash, user_code_hash, issuer, client_id, scope, resources FROM device_authorization
  WHERE project_id = $1::uuid AND user_code_hash = $2 AND answer IS NULL AND expires_at > now()`

/**
 * One row per device, so polls at once wait for each other, and each sees the one before it. Run twice, it counts as two polls:
 * at worst the device waits five seconds longer.
 */
const POLL = `
  WITH before AS (
    SELECT client_id, answer, expires_at <= now() AS expired,
      answer IS NULL AND expires_at > now() AND last_polled_at > now() - make_interval(secs => interval_seconds) AS hasty
    FROM device_authorization WHERE project_id = $1::uuid AND device_code_hash = $2
    FOR UPDATE
  ), noted AS (
    UPDATE device_authorization SET last_polled_at = now(), interval_seconds = interval_seconds + CASE WHEN before.hasty THEN 5 ELSE 0 END
    FROM before
    WHERE project_id = $1::uuid AND device_code_hash = $2 AND before.client_id = $3 AND before.answer IS NULL AND NOT before.expired
  )
  SELECT client_id, answer, expired, coalesce(hasty, false) AS hasty FROM before`

type Row = { device_code_hash: string; user_code_hash: string; issuer: string; client_id: string; scope: string; resources: string }
type Polled = { client_id: string; answer: 'approved' | 'denied' | null; expired: boolean; hasty: boolean }

type Devices = Pick<OAuthStore, 'createDeviceAuthorization' | 'findWaitingDevice' | 'pollDevice'>

export const devices = ({ projectId, address }: StoreContext): Devices => ({
  createDeviceAuthorization: async ({ deviceCodeHash, userCodeHash, issuer, clientId, scope, resources }, event) => {
    if (await crowded(projectId, 'device_authorization')) return 'full'
    const values = [projectId, deviceCodeHash, userCodeHash, issuer, clientId, scope, JSON.stringify(resources)]
    const { rowCount } = await repeatable('create_device_authorization', CREATE, [...values, ...auditValues(event, address)])
    if (rowCount === 1) return 'created'
    const ours = await repeatable('find_created_device', FIND_CREATED, [projectId, deviceCodeHash])
    return ours.rowCount === 1 ? 'created' : 'taken'
  },

  findWaitingDevice: async (userCodeHash) => {
    const { rows } = await repeatable<Row>('find_waiting_device', FIND_WAITING, [projectId, userCodeHash])
    return rows[0] ? deviceOf(rows[0]) : null
  },

  pollDevice: async (deviceCodeHash, clientId) => {
    const { rows } = await repeatable<Polled>('poll_device', POLL, [projectId, deviceCodeHash, clientId])
    const device = rows[0]
    if (!device) return { outcome: 'unknown' }
    if (device.client_id !== clientId) return { outcome: 'other_client', clientId: device.client_id }
    if (device.answer !== null) return { outcome: device.answer }
    if (device.expired) return { outcome: 'expired' }
    return { outcome: device.hasty ? 'slow_down' : 'pending' }
  },
})

const deviceOf = (row: Row): DeviceAuthorization => ({
  deviceCodeHash: row.device_code_hash,
  userCodeHash: row.user_code_hash,
  issuer: row.issuer,
  clientId: row.client_id,
  scope: row.scope,
  resources: JSON.parse(row.resources) as string[],
})
