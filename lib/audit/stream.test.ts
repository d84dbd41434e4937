import { randomUUID } from 'node:crypto'
import { afterAll, expect, it } from 'vitest'
import { closeDatabase, pool } from '#lib/db/client.ts'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'
import { count, flushCounters, streamAudit } from './stream.ts'

requireDatabase()
afterAll(closeDatabase)

const countersOf = async (projectId: string) => {
  const text = `SELECT kind, client_id AS "clientId", sum(count)::int AS count FROM event_counter
    WHERE project_id = $1 AND hour = date_trunc('hour', hour) GROUP BY 1, 2 ORDER BY 1, 2`
  return (await pool().query(text, [projectId])).rows
}

it('adds up what was counted, per project, kind and client', async () => {
  const [one, two] = [randomUUID(), randomUUID()]
  for (let i = 0; i < 100; i++) count({ projectId: one, kind: 'client.refused', clientId: 'c_1' })
  count({ projectId: one, kind: 'client.refused' })
  streamAudit(two, { action: 'metadata.fetched' })
  await flushCounters()
  count({ projectId: one, kind: 'client.refused', clientId: 'c_1' })
  await flushCounters()
  expect(await countersOf(one)).toEqual([
    { kind: 'client.refused', clientId: '', count: 1 },
    { kind: 'client.refused', clientId: 'c_1', count: 101 },
  ])
  expect(await countersOf(two)).toEqual([{ kind: 'metadata.fetched', clientId: '', count: 1 }])
})

it('writes by itself after a few seconds', async () => {
  const projectId = randomUUID()
  count({ projectId, kind: 'token.introspected' })
  await expect.poll(() => countersOf(projectId), { timeout: 6_000 }).toEqual([{ kind: 'token.introspected', clientId: '', count: 1 }])
})

it('holds a bounded number of counters: a flood of made-up clients loses their names, not their number', async () => {
  const projectId = randomUUID()
  count({ projectId, kind: 'client.unknown' })
  for (let i = 0; i < 12_000; i++) count({ projectId, kind: 'client.unknown', clientId: `c_${i}` })
  await flushCounters()
  const counters = await countersOf(projectId)
  expect(counters.length).toBeLessThanOrEqual(10_000)
  expect(counters.reduce((sum, { count }) => sum + count, 0)).toBe(12_001)
})

it('tells apart the first few things that strangers name, and forgets the others and what is long', async () => {
  const [flooded, quiet] = [randomUUID(), randomUUID()]
  for (let i = 0; i < 500; i++) count({ projectId: flooded, kind: 'resource.unknown', named: `https://${i}.example/mcp`, clientId: 'c_1' })
  count({ projectId: flooded, kind: 'resource.unknown', named: 'https://0.example/mcp', clientId: 'c_1' })
  count({ projectId: quiet, kind: 'resource.unknown', named: `https://example.com/${'a'.repeat(1_000)}` })
  count({ projectId: quiet, kind: 'resource.unknown', named: 'https://example.com/mcp', clientId: 'c_2' })
  await flushCounters()
  const counters = await countersOf(flooded)
  expect(counters).toHaveLength(20)
  expect(counters[0]).toEqual({ kind: 'resource.unknown https://0.example/mcp', clientId: 'c_1', count: 2 })
  expect(await countersOf(quiet)).toEqual([{ kind: 'resource.unknown https://example.com/mcp', clientId: 'c_2', count: 1 }])
})

it('keeps what it could not write for the next time', async () => {
  const projectId = randomUUID()
  const taken = await Promise.all(Array.from({ length: pool().options.max }, () => pool().connect()))
  try {
    count({ projectId, kind: 'metadata.fetched' })
    await flushCounters()
  } finally {
    for (const client of taken) client.release()
  }
  expect(await countersOf(projectId)).toEqual([])
  await flushCounters()
  expect(await countersOf(projectId)).toEqual([{ kind: 'metadata.fetched', clientId: '', count: 1 }])
})
