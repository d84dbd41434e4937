import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'
import type pg from 'pg'

export const SCHEMA = `
  CREATE TABLE payload (
    model text NOT NULL, id text NOT NULL, payload jsonb NOT NULL, grant_id text, uid text, user_code text,
    expires_at timestamptz, consumed_at timestamptz, PRIMARY KEY (model, id)
  );
  CREATE INDEX payload_grant_id ON payload (grant_id, model) WHERE grant_id IS NOT NULL;
  CREATE INDEX payload_uid ON payload (uid) WHERE uid IS NOT NULL;
  CREATE INDEX payload_user_code ON payload (user_code) WHERE user_code IS NOT NULL;`

const FIND = 'SELECT payload, consumed_at FROM payload WHERE (expires_at IS NULL OR expires_at > now()) AND model = $1 AND'
const statements = {
  upsert: `INSERT INTO payload (model, id, payload, grant_id, uid, user_code, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 second')
           ON CONFLICT (model, id) DO UPDATE SET payload = EXCLUDED.payload, grant_id = EXCLUDED.grant_id, uid = EXCLUDED.uid,
             user_code = EXCLUDED.user_code, expires_at = EXCLUDED.expires_at`,
  find: `${FIND} id = $2`,
  findByUid: `${FIND} uid = $2`,
  findByUserCode: `${FIND} user_code = $2`,
  consume: 'UPDATE payload SET consumed_at = now() WHERE model = $1 AND id = $2',
  destroy: 'DELETE FROM payload WHERE model = $1 AND id = $2',
  revoke: 'DELETE FROM payload WHERE model = $1 AND grant_id = $2',
}

/** node-oidc-provider's storage interface on PostgreSQL: one table, one named prepared statement per method. */
export function adapterOn(pool: pg.Pool): AdapterFactory {
  const run = (name: keyof typeof statements, values: unknown[]): Promise<pg.QueryResult> =>
    pool.query({ name, text: statements[name], values })
  const find = async (name: 'find' | 'findByUid' | 'findByUserCode', model: string, key: string): Promise<AdapterPayload | undefined> => {
    const row = (await run(name, [model, key])).rows[0]
    return row?.consumed_at ? { ...row.payload, consumed: true } : row?.payload
  }
  return (model): Adapter => ({
    upsert: async (id, payload, expiresIn) => {
      const { grantId = null, uid = null, userCode = null } = payload
      await run('upsert', [model, id, JSON.stringify(payload), grantId, uid, userCode, expiresIn ?? null])
    },
    find: (id) => find('find', model, id),
    findByUid: (uid) => find('findByUid', model, uid),
    findByUserCode: (userCode) => find('findByUserCode', model, userCode),
    consume: async (id) => void (await run('consume', [model, id])),
    destroy: async (id) => void (await run('destroy', [model, id])),
    revokeByGrantId: async (grantId) => void (await run('revoke', [model, grantId])),
  })
}
