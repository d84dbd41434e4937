import { afterAll, describe, expect, it } from 'vitest'
import { closeDatabase, pool } from './client.ts'
import { approved, event, hash, newClient, registered } from './fixtures.ts'
import { postgresWorld, requireDatabase } from './fixtures-postgres.ts'

requireDatabase()
afterAll(closeDatabase)

const MEGABYTE = 1024 * 1024
/** As far apart as an attack that never stops: each wave finds the one before old enough to give way. */
const WAVES = 10
const HOSTILE = 10_000

describe('ten thousand hostile registrations in open mode', () => {
  const { projectId, store, outside, pass } = postgresWorld()
  const bytesOf = async (table: string): Promise<number> => {
    const text = `SELECT coalesce(sum(pg_column_size(t.*)), 0)::int AS bytes FROM ${table} AS t WHERE project_id = $1`
    return (await pool().query(text, [projectId])).rows[0].bytes
  }
  const register = (fields = {}) => store.createClient(newClient({ ...MODEST, ...fields }), null, event('client.registered', DETAIL))

  it('Z02 Z03 leave the project usable and less than a megabyte', async () => {
    const used = await approved(store)
    const outcomes = new Map<string, number>()
    for (let wave = 0; wave < WAVES; wave++) {
      for (let i = 0; i < HOSTILE / WAVES; i += 50) {
        // Every fifth says as much of itself as a body can hold.
        const made = await Promise.all(Array.from({ length: 50 }, (_, j) => register(j % 5 === 0 ? HUGE : {})))
        for (const { outcome } of made) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      }
      if (wave < WAVES - 1) await pass(601)
    }
    expect(outcomes.get('created')).toBeGreaterThan(HOSTILE / WAVES)

    const [clients, log] = [await bytesOf('oauth_client'), await bytesOf('audit_event')]
    expect(clients + log).toBeLessThan(MEGABYTE)
    const { rows } = await pool().query('SELECT count(*)::int AS clients FROM oauth_client WHERE project_id = $1', [projectId])
    expect(rows[0].clients).toBeLessThan(1_500)

    const secret = hash()
    await outside.addSecret('registration', secret)
    const vouched = await store.createClient(newClient(), secret, event('client.registered'))
    expect(vouched).toMatchObject({ outcome: 'created', trusted: true })
    await pass(601)
    const honest = await registered(store)
    for (const clientId of [honest, used.clientId]) expect(await store.findClient(clientId)).toMatchObject({ revoked: false })
    expect((await approved(store, { clientId: honest })).clientId).toBe(honest)
  }, 120_000)
})

const MODEST = {
  name: 'Claude',
  redirectUris: ['https://evil.example.com/cb', 'http://localhost:3118/callback'],
  secretHash: hash(),
  registrationTokenHash: hash(),
}
const HUGE = { redirectUris: Array.from({ length: 20 }, (_, i) => `https://evil.example.com/${i}/${hash().repeat(31).slice(0, 1_900)}`) }
/** What registration records. */
const DETAIL = {
  detail: {
    name: 'Claude',
    method: 'none',
    redirect_hosts: ['evil.example.com', 'localhost:3118'],
    metadata_hash: hash(),
    with_secret: false,
  },
}
