import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { env } from '#lib/env.ts'
import { closeDatabase, pool } from './client.ts'
import { approved, event, hash, newClient, newFamily, redeemed, successor } from './fixtures.ts'
import { postgresWorld, requireDatabase, type World } from './fixtures-postgres.ts'
import { memoryStore } from './memory-store.ts'
import { storeContract } from './oauth-store.contract.ts'
import { oauthStore } from './oauth-store.ts'
import { Unavailable } from './transaction.ts'

requireDatabase()
afterAll(closeDatabase)

function memoryWorld(): World {
  let passed = 0
  const store = memoryStore({ now: () => new Date(Date.now() + passed) })
  return {
    store,
    outside: store,
    actions: async () => store.events.map(({ action }) => action),
    now: () => new Date(Date.now() + passed),
    pass: async (seconds) => {
      passed += seconds * 1000
    },
  }
}

storeContract('memory', memoryWorld, 3)
storeContract('PostgreSQL', postgresWorld, 20)

describe('the store in PostgreSQL', () => {
  const { projectId, store, outside, pass } = postgresWorld()
  const only = async <T>(text: string, ...values: unknown[]): Promise<T> => {
    const { rows } = await pool().query(text, [projectId, ...values])
    expect(rows).toHaveLength(1)
    return rows[0]
  }

  it('writes the whole audit row, with the address it acts for', async () => {
    const at = oauthStore(projectId, '2001:db8::/64')
    const fields = { clientId: 'c_1', userId: 'u_1', grantId: randomUUID(), requestId: hash(), reason: 'code_replayed', actorId: 'c_1' }
    await at.record(event('grant.revoked', { ...fields, detail: { generation: 3 } }))
    const row = await only("SELECT * FROM audit_event WHERE project_id = $1 AND action = 'grant.revoked'")
    expect(row).toMatchObject({
      ...{ client_id: 'c_1', user_id: 'u_1', grant_id: fields.grantId, request_id: fields.requestId, reason: 'code_replayed' },
      ...{
        step: 'token',
        actor_kind: 'client',
        actor_id: 'c_1',
        detail: '{"generation":3}',
        address: '2001:db8::/64',
        at: expect.any(Date),
      },
    })
  })

  it('F18 changes nothing when the audit row cannot be written', async () => {
    const { familyId, currentHash, grantId } = await redeemed(store)
    const { codeHash } = await approved(store)
    const unwritable = (action: 'refresh.rotated') => event(action, { actorKind: null as never })
    await expect(store.rotateRefreshToken(familyId, currentHash, successor(), unwritable('refresh.rotated'))).rejects.toThrow(/null value/)
    await expect(store.redeemCode(codeHash, randomUUID(), newFamily(), unwritable('refresh.rotated'))).rejects.toThrow(/null value/)
    await expect(store.revokeGrant(grantId, 'user', unwritable('refresh.rotated'))).rejects.toThrow(/null value/)
    expect(await store.findRefreshFamily(familyId)).toMatchObject({ generation: 1, currentHash, revoked: false })
    expect(await store.findCode(codeHash)).toMatchObject({ redeemed: false })
  })

  it('notes the use of a client at most once an hour', async () => {
    const { clientId, familyId, currentHash } = await redeemed(store)
    const lastUsed = () =>
      only<{ at: Date }>('SELECT last_used_at AS at FROM oauth_client WHERE project_id = $1 AND client_id = $2', clientId)
    const first = await lastUsed()
    const next = successor()
    await store.rotateRefreshToken(familyId, currentHash, next, event('refresh.rotated'))
    expect(await lastUsed()).toEqual(first)
    await pass(3_601)
    const aged = await lastUsed()
    await store.record(event('token.issued', { clientId }))
    expect((await lastUsed()).at.getTime()).toBeGreaterThan(aged.at.getTime())
  })

  describe('the last use of a secret', () => {
    const useOf = (secret: string) =>
      only<{ at: Date | null; address: string | null }>(
        'SELECT last_used_at AS at, last_used_from AS address FROM project_secret WHERE project_id = $1 AND secret_hash = $2',
        secret,
      )
    const told = (secret: string) => expect.poll(async () => (await useOf(secret)).at, { interval: 20 })

    it('is told with the address it came from, once a minute, and not when it was sent as another kind', async () => {
      const secret = hash()
      await outside.addSecret('registration', secret)
      const here = oauthStore(projectId, '192.0.2.7')
      await here.checkSecret('server', secret)
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect((await useOf(secret)).at).toBeNull()
      await here.createClient(newClient(), secret, event('client.registered'))
      await told(secret).not.toBeNull()
      const first = await useOf(secret)
      expect(first.address).toBe('192.0.2.7')
      await oauthStore(projectId, '192.0.2.8').checkSecret('registration', secret)
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(await useOf(secret)).toEqual(first)
    })

    it('is told once when many use it at the same moment', async () => {
      const secret = hash()
      await outside.addSecret('server', secret)
      await Promise.all(Array.from({ length: 20 }, () => store.checkSecret('server', secret)))
      await told(secret).not.toBeNull()
      const { rows } = await pool().query('SELECT xmin::text, ctid::text FROM project_secret WHERE secret_hash = $1', [secret])
      await Promise.all(Array.from({ length: 20 }, () => store.checkSecret('server', secret)))
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect((await pool().query('SELECT xmin::text, ctid::text FROM project_secret WHERE secret_hash = $1', [secret])).rows).toEqual(rows)
    })

    it('keeps nobody waiting: a check is answered while the row is locked', async () => {
      const secret = hash()
      await outside.addSecret('server', secret)
      const other = await pool().connect()
      try {
        await other.query('BEGIN')
        await other.query('SELECT 1 FROM project_secret WHERE secret_hash = $1 FOR UPDATE', [secret])
        expect(await store.checkSecret('server', secret)).toMatchObject({ state: 'live' })
        expect((await useOf(secret)).at).toBeNull()
      } finally {
        await other.query('ROLLBACK')
        other.release()
      }
      await told(secret).not.toBeNull()
    })
  })

  it('counts both secrets of a client while they overlap', async () => {
    const client = newClient({ secretHash: hash() })
    await store.createClient(client, null, event('client.registered'))
    const previous = hash()
    await pool().query(
      "UPDATE oauth_client SET previous_secret_hash = $3, previous_secret_expires_at = now() + interval '1 hour' WHERE project_id = $1 AND client_id = $2",
      [projectId, client.clientId, previous],
    )
    expect(await store.findClient(client.clientId)).toMatchObject({ secretHashes: [client.secretHash, previous] })
    await pass(3_601)
    expect(await store.findClient(client.clientId)).toMatchObject({ secretHashes: [client.secretHash] })
  })

  it('answers Unavailable, and not a refusal, when the database cannot answer', async () => {
    const clients = await Promise.all(Array.from({ length: env().DATABASE_POOL_SIZE }, () => pool().connect()))
    try {
      await expect(store.findCode(hash())).rejects.toBeInstanceOf(Unavailable)
    } finally {
      for (const client of clients) client.release()
    }
    expect(await store.findCode(hash())).toBeNull()
  })
})
