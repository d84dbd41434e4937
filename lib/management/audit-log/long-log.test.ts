import { beforeAll, expect, it } from 'vitest'
import { pool, prisma } from '#lib/db/client.ts'
import { uuidBound } from '#lib/db/uuid-bound.ts'
import type { ManagementContext } from '../context.ts'
import { newSetting } from '../fixtures.ts'
import { groupErrors } from './group-errors.ts'
import type { ListAuditEventsInput } from './inputs.ts'
import { listAuditEvents } from './list.ts'

const ROWS = 100_000
/** Seconds between two rows. */
const EVERY = 5

let ctx: ManagementContext

beforeAll(async () => {
  ;({ ctx } = await newSetting())
  await pool().query(
    `INSERT INTO audit_event (project_id, id, at, action, step, actor_kind, client_id, detail)
     SELECT $1, (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '70008' || lpad(to_hex(i), 15, '0'))::uuid, at,
       CASE WHEN i <= 2 THEN 'code.misused' ELSE 'token.issued' END, 'token', 'client', 'c_1', '{"scope":"read write"}'
     FROM (SELECT i, now() - make_interval(secs => (${ROWS} + 1 - i) * ${EVERY}) AS at FROM generate_series(1, ${ROWS}) AS i) AS made`,
    [ctx.project.id],
  )
  await pool().query('ANALYZE audit_event')
})

const idAt = (secondsAgo: number): string => uuidBound(new Date(Date.now() - secondsAgo * 1000))

it.each<[string, ListAuditEventsInput]>([
  ['an action', { action: 'code.misused' }],
  ['an outcome', { outcome: 'refused' }],
  ['a client', { client: 'c_nobody' }],
  ['a user', { user: 'nobody@example.com' }],
  ['a grant', { grant: '01a1ff5e-0000-7000-8000-000000000001' }],
  ['a scope', { scope: 'admin' }],
  ['a resource', { resource: 'https://other.example' }],
  ['a reason', { reason: 'code_expired' }],
  ['free text', { text: 'nowhere' }],
])('one call for %s that fits nothing near looks twenty thousand rows back and says where to go on', async (_, filter) => {
  const { events, nextCursor } = await listAuditEvents(ctx, filter)
  expect(events).toEqual([])
  expect(nextCursor).not.toBeNull()
  const looked = await prisma().auditEvent.count({ where: { projectId: ctx.project.id, id: { gte: nextCursor ?? '' } } })
  expect(looked).toBe(20_001)
})

it('jumps to a time without looking at what came later', async () => {
  const to = new Date(Date.now() - 50_000 * EVERY)
  const { events } = await listAuditEvents(ctx, { to: to.toISOString(), action: 'token.issued', take: 10 })
  expect(events).toHaveLength(10)
  for (const event of events) expect(to.getTime() - event.at.getTime()).toBeLessThan(11 * EVERY * 1000)
})

it('a span ends where it ends: nothing tells to go on', async () => {
  const [from, to] = [40_000, 39_000].map((seconds) => new Date(Date.now() - seconds * 1000).toISOString())
  expect(await listAuditEvents(ctx, { from, to, reason: 'code_expired' })).toEqual({ events: [], nextCursor: null })
})

it('groups the errors of the newest hundred thousand rows', async () => {
  const { errors } = await groupErrors(ctx, { days: 30 })
  expect(errors).toMatchObject([{ code: 'code.misused', count: 1, recorded: 1 }])
})

it('reads the log by its key, newest first, and never as a whole', async () => {
  const { rows } = await pool().query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT id FROM audit_event WHERE project_id = $1 AND id < $2 AND id >= $3 AND detail LIKE '%nowhere%' ORDER BY id DESC LIMIT 51`,
    [ctx.project.id, idAt(0), idAt(20_000 * EVERY)],
  )
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toContain('audit_event_pkey')
  expect(plan).not.toContain('Seq Scan')
})
