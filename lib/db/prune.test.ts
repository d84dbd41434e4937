import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, pool } from './client.ts'
import { approved, event, hash, newClient, newRequest, redeemed, registered } from './fixtures.ts'
import { postgresWorld, requireDatabase } from './fixtures-postgres.ts'
import { prune } from './prune.ts'
import { inTransaction } from './transaction.ts'

requireDatabase()
const HOUR = 3_600
const DAY = 24 * HOUR
const { projectId, store, outside, pass } = postgresWorld()

beforeAll(() =>
  inTransaction((tx) =>
    tx.project.create({ data: { id: projectId, organisationId: randomUUID(), slug: `prune-${projectId}`, name: 'Prune' } }),
  ),
)
afterAll(closeDatabase)

const rowsOf = async (table: string): Promise<number> => {
  const { rows } = await pool().query(`SELECT count(*)::int AS count FROM ${table} WHERE project_id = $1`, [projectId])
  return rows[0].count
}

describe('the purge', () => {
  it('Z08 takes what has expired, keeps what still has to be recognised, and then takes that too', async () => {
    const family = await redeemed(store, {}, { idleSeconds: HOUR, absoluteSeconds: 2 * DAY })
    const alone = await approved(store)
    await store.createAuthorizationRequest(newRequest(family.clientId), null, event('authorization.requested'))
    await store.revokeToken('jti-1', new Date(Date.now() + HOUR * 1000), event('token.revoked'))
    await store.recordMisuse(hash(), event('code.misused'))

    await pass(2 * HOUR)
    await prune()
    expect(await rowsOf('authorization_request')).toBe(0)
    expect(await rowsOf('revoked_token')).toBe(0)
    expect(await rowsOf('authorization_code')).toBe(2) // a replay must still be seen
    expect(await store.findCode(alone.codeHash)).toMatchObject({ expired: true })

    await pass(DAY)
    await prune()
    expect(await rowsOf('authorization_code')).toBe(0)
    expect(await rowsOf('oauth_grant')).toBe(1) // the family's; nothing acts under the other any more
    expect(await store.findRefreshFamily(family.familyId)).toMatchObject({ expired: true, revoked: false })

    await pass(2 * DAY)
    await prune()
    expect(await rowsOf('refresh_family')).toBe(0)
    expect(await rowsOf('oauth_grant')).toBe(0)

    expect(await rowsOf('credential_misuse')).toBe(1)
    await pass(30 * DAY)
    await prune()
    expect(await rowsOf('credential_misuse')).toBe(0)
  })

  it('Z08 takes who never came back from a provider', async () => {
    const sent = (minutes: number) =>
      pool().query(
        `INSERT INTO upstream_sign_in (project_id, state_hash, provider_id, request_id, browser_hash, sealed, expires_at)
         VALUES ($1, $2, $3, 'r', 'b', 's', now() + make_interval(mins => $4))`,
        [projectId, hash(), randomUUID(), minutes],
      )
    await sent(-1)
    await sent(1)
    await prune()
    expect(await rowsOf('upstream_sign_in')).toBe(1)
  })

  it('D29 takes a registration nobody used for thirty days, and no other client', async () => {
    const secret = hash()
    await outside.addSecret('registration', secret)
    const unused = await registered(store)
    const used = await approved(store)
    const trying = await registered(store)
    const vouched = newClient()
    const manual = newClient({ source: 'manual' })
    await store.createClient(vouched, secret, event('client.registered'))
    await store.createClient(manual, null, event('client.registered'))
    await pass(29 * DAY)
    await prune()
    expect(await store.findClient(unused)).not.toBeNull()
    await store.createAuthorizationRequest(newRequest(trying), null, event('authorization.requested'))
    await pass(2 * DAY)
    await prune()
    expect(await store.findClient(unused)).toBeNull()
    for (const kept of [used.clientId, vouched.clientId, manual.clientId, trying]) expect(await store.findClient(kept)).not.toBeNull()
    await pass(29 * DAY)
    await prune()
    expect(await store.findClient(trying)).toBeNull()
  })

  it('Z08 takes hand-offs an hour after their five minutes: until then it is told that they have expired', async () => {
    const insert = `INSERT INTO handoff (project_id, id_hash, request_id, browser_hash, expires_at)
      VALUES ($1, 'old', 'r', 'b', now() - interval '61 minutes'), ($1, 'expired', 'r', 'b', now() - interval '59 minutes')`
    await pool().query(insert, [projectId])
    await prune()
    const { rows } = await pool().query('SELECT id_hash FROM handoff WHERE project_id = $1', [projectId])
    expect(rows).toEqual([{ id_hash: 'expired' }])
  })

  it('Z08 takes challenges of passkeys when their five minutes are over', async () => {
    const insert = `INSERT INTO passkey_challenge (project_id, id_hash, browser_hash, expires_at)
      VALUES ($1, 'over', 'b', now() - interval '1 second'), ($1, 'waiting', 'b', now() + interval '5 minutes')`
    await pool().query(insert, [projectId])
    await prune()
    const { rows } = await pool().query('SELECT id_hash FROM passkey_challenge WHERE project_id = $1', [projectId])
    expect(rows).toEqual([{ id_hash: 'waiting' }])
  })

  it('Z08 takes more than one batch, and several may purge at once', async () => {
    await pool().query(
      `INSERT INTO revoked_token (project_id, jti, expires_at) SELECT $1, 'bulk-' || i, now() - interval '1 second' FROM generate_series(1, 2500) AS i`,
      [projectId],
    )
    const deleted = await Promise.all([prune(), prune()])
    expect(deleted.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(2_500)
    expect(await rowsOf('revoked_token')).toBe(0)
  })
})
