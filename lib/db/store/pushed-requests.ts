import type { OAuthStore } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

/** The request_uri is 256 random bits: a conflict is this very statement, run before. */
const PUSH = `
  WITH pushed AS (
    INSERT INTO pushed_request (project_id, id_hash, client_id, parameters, expires_at, created_at)
    VALUES ($1::uuid, $2, $3, $4, now() + make_interval(secs => $5), now())
    ON CONFLICT DO NOTHING
    RETURNING 1
  )
  ${auditInsert(6, 'pushed')}`

/**
 * The key of used_assertion decides between two that come at once. The row itself stays until it expires: so a run whose answer
 * was lost finds it again, and who comes second hears that it was used.
 */
const TAKE = `
  WITH asked AS (
    SELECT parameters, expires_at FROM pushed_request
    WHERE project_id = $1::uuid AND id_hash = $2 AND client_id = $3 AND expires_at > now()
  ), taken AS (
    INSERT INTO used_assertion AS before (project_id, id_hash, used_by, expires_at) SELECT $1::uuid, $2, $4::uuid, expires_at FROM asked
    ON CONFLICT (project_id, id_hash) DO UPDATE SET used_by = excluded.used_by WHERE before.used_by = excluded.used_by
    RETURNING 1
  )
  SELECT parameters, EXISTS (SELECT 1 FROM taken) AS taken FROM asked`

type Row = { parameters: string; taken: boolean }

export const pushedRequests = ({ projectId, address }: StoreContext): Pick<OAuthStore, 'pushRequest' | 'takePushedRequest'> => ({
  pushRequest: async ({ idHash, clientId, parameters, lifetimeSeconds }, event) => {
    const values = [projectId, idHash, clientId, parameters, lifetimeSeconds, ...auditValues(event, address)]
    await repeatable('push_request', PUSH, values)
  },

  takePushedRequest: async (idHash, clientId, requestId) => {
    const { rows } = await repeatable<Row>('take_pushed_request', TAKE, [projectId, idHash, clientId, requestId])
    if (!rows[0]) return { outcome: 'unknown' }
    return rows[0].taken ? { outcome: 'taken', parameters: rows[0].parameters } : { outcome: 'used' }
  },
})
