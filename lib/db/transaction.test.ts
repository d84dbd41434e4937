import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { closeDatabase, pool } from './client.ts'
import { requireDatabase } from './fixtures-postgres.ts'
import { inTransaction, read, statement, type Transaction, Unavailable, UniqueViolation } from './transaction.ts'

const url = requireDatabase()
/** Not the pool under test. */
const admin = new pg.Pool({ connectionString: url, max: 3 })

afterAll(async () => {
  await closeDatabase()
  await admin.end()
})

const kill = (...pids: number[]) => admin.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids])
const settle = () => new Promise((resolve) => setTimeout(resolve, 50))
const pidOf = async (tx: Transaction): Promise<number> => {
  const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
  return row?.pid ?? 0
}
const newMember = (tx: Transaction, email: string) => tx.member.create({ data: { id: randomUUID(), email, name: 'A', passwordHash: 'x' } })
const address = () => `${randomUUID()}@example.com`

/** Kills every connection of the pool, idle ones and busy ones. */
async function killAll(): Promise<void> {
  const clients = await Promise.all(Array.from({ length: pool().options.max }, () => pool().connect()))
  const pids = await Promise.all(
    clients.map(async (client) => (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid as number),
  )
  const [busy, ...idle] = clients
  for (const client of idle) client.release()
  await kill(...pids)
  await settle()
  busy?.release()
}

describe('a transaction', () => {
  it('keeps everything or nothing', async () => {
    const [kept, lost] = [address(), address()]
    await inTransaction((tx) => newMember(tx, kept))
    await expect(
      inTransaction(async (tx) => {
        await newMember(tx, lost)
        throw new RangeError('of the domain')
      }),
    ).rejects.toThrow(RangeError)
    expect(await read((db) => db.member.count({ where: { email: { in: [kept, lost] } } }))).toBe(1)
  })

  it('names the unique constraint it violated', async () => {
    const email = address()
    await inTransaction((tx) => newMember(tx, email))
    const again = inTransaction((tx) => newMember(tx, email))
    await expect(again).rejects.toBeInstanceOf(UniqueViolation)
    await expect(again).rejects.toMatchObject({ constraint: 'member_email_key' })
  })

  it('runs again when its backend is killed before COMMIT', async () => {
    const email = address()
    let runs = 0
    await inTransaction(async (tx) => {
      await newMember(tx, email)
      if (++runs === 1) await kill(await pidOf(tx))
      await tx.$queryRaw`SELECT 1`
    })
    expect(runs).toBe(2)
    expect(await read((db) => db.member.count({ where: { email } }))).toBe(1)
  })

  it('does not shrink the pool by the connections it loses', async () => {
    const losing = async () => {
      let runs = 0
      await inTransaction(async (tx) => {
        if (++runs === 1) await kill(await pidOf(tx))
        await tx.$queryRaw`SELECT 1`
      })
    }
    for (let wave = 0; wave < 6; wave++) await Promise.all(Array.from({ length: 5 }, losing))
    const together = Array.from({ length: pool().options.max }, () => inTransaction((tx) => tx.$executeRaw`SELECT pg_sleep(0.05)`))
    await Promise.all(together)
    expect(pool().totalCount).toBeLessThanOrEqual(pool().options.max)
    expect(pool().waitingCount).toBe(0)
    expect(pool().idleCount).toBe(pool().totalCount)
  })

  it('runs again after a deadlock', async () => {
    const [one, two] = [address(), address()]
    for (const email of [one, two]) await inTransaction((tx) => newMember(tx, email))
    let met: () => void = () => {}
    const both = new Promise<void>((resolve) => {
      met = resolve
    })
    let arrived = 0
    const rename = async (tx: Transaction, first: string, second: string) => {
      await tx.member.update({ where: { email: first }, data: { name: first } })
      if (++arrived === 2) met()
      await both
      await tx.member.update({ where: { email: second }, data: { name: first } })
    }
    await Promise.all([inTransaction((tx) => rename(tx, one, two)), inTransaction((tx) => rename(tx, two, one))])
    expect(arrived).toBeGreaterThan(2)
  })

  it('gives up after a handful of conflicts', async () => {
    let runs = 0
    const hopeless = inTransaction(async (tx) => {
      runs++
      await tx.$executeRawUnsafe("DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END $$")
    })
    await expect(hopeless).rejects.toMatchObject({ name: 'Unavailable', outcomeUnknown: false, retryAfterSeconds: 1 })
    expect(runs).toBe(6)
  })
})

describe('a statement', () => {
  it('names the unique constraint it violated', async () => {
    const insert = () =>
      statement('test_insert_organisation', 'INSERT INTO organisation (id, name) VALUES ($1, $2)', [
        '018f0000-0000-7000-8000-000000000001',
        'A',
      ])
    await insert().catch(() => {})
    await expect(insert()).rejects.toMatchObject({ name: 'UniqueViolation', constraint: 'organisation_pkey' })
  })

  it('passes what is wrong with itself to its caller', async () => {
    await expect(statement('test_wrong', 'SELECT wrong', [])).rejects.toMatchObject({ code: '42703' })
  })

  it('keeps its connection when it was refused for a conflict', async () => {
    const text = `SELECT CASE WHEN $1::int > 0 THEN 1 / (SELECT 0) END`
    await expect(statement('test_division', text, [1])).rejects.toMatchObject({ code: '22012' })
    const before = pool().totalCount
    await statement('test_division', text, [0])
    expect(pool().totalCount).toBe(before)
  })

  it('answers when every connection of the pool was killed, and the process lives', async () => {
    for (let round = 0; round < 5; round++) {
      await killAll()
      const answers = await Promise.all(Array.from({ length: 20 }, () => statement<{ one: number }>('test_one', 'SELECT 1 AS one', [])))
      expect(answers.every(({ rows }) => rows[0]?.one === 1)).toBe(true)
      expect(await read((db) => db.member.count({ where: { email: address() } }))).toBe(0)
      await inTransaction((tx) => tx.$queryRaw`SELECT 1`)
    }
  })

  it('runs a read again that was killed under way', async () => {
    const sleeping = statement<{ at: string }>('test_sleep', 'SELECT pg_sleep(0.3)::text AS at', [])
    await settle()
    const { rows } = await admin.query("SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(0.3)%' AND state = 'active'")
    await kill(...rows.map(({ pid }) => pid as number))
    expect((await sleeping).rows).toHaveLength(1)
  })

  it.each([
    [false, 'does not run a change again whose outcome is unknown'],
    [true, 'runs a change again that may be repeated'],
  ])('repeatable %s: %s', async (repeatable) => {
    const id = randomUUID()
    const text = `WITH slow AS (SELECT pg_sleep(0.3)) INSERT INTO organisation (id, name) SELECT $1::uuid, 'A' FROM slow ON CONFLICT DO NOTHING`
    const changing = statement(`test_change_${repeatable}`, text, [id], { repeatable }).catch((error: unknown) => error)
    await settle()
    const { rows } = await admin.query("SELECT pid FROM pg_stat_activity WHERE query LIKE 'WITH slow AS%' AND state = 'active'")
    expect(rows.length).toBeGreaterThan(0)
    await kill(...rows.map(({ pid }) => pid as number))
    const outcome = await changing
    if (!repeatable) expect(outcome).toMatchObject({ name: 'Unavailable', outcomeUnknown: true })
    expect(await read((db) => db.organisation.count({ where: { id } }))).toBe(repeatable ? 1 : 0)
  })

  it('waits for no answer longer than three seconds', async () => {
    const started = performance.now()
    const endless = statement('test_endless', 'SELECT pg_sleep(20)', [])
    await expect(endless).rejects.toBeInstanceOf(Unavailable)
    expect(performance.now() - started).toBeLessThan(3_500)
    expect((await statement<{ one: number }>('test_one', 'SELECT 1 AS one', [])).rows[0]?.one).toBe(1)
  })
})
