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

  it('notes the use of a secret at most once a minute', async () => {
    const secret = hash()
    await outside.addSecret('registration', secret)
    const lastUsed = () =>
      only<{ at: Date | null }>('SELECT last_used_at AS at FROM project_secret WHERE project_id = $1 AND secret_hash = $2', secret)
    await store.checkSecret('server', secret)
    expect((await lastUsed()).at).toBeNull()
    await store.createClient(newClient(), secret, event('client.registered'))
    const first = await lastUsed()
    await store.checkSecret('registration', secret)
    expect(await lastUsed()).toEqual(first)
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
