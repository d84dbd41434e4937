import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { uuidBound } from '#lib/db/uuid-bound.ts'
import type { ManagementContext } from '../context.ts'
import { newSetting } from '../fixtures.ts'
import { getUsage } from './get.ts'
import { rollUpEveryProject, rollUpUsage } from './roll-up.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
/** Noon, so that neither an hour nor a day is about to end. */
const NOON = new Date(Math.floor(Date.now() / DAY) * DAY + 12 * HOUR)
const before = (milliseconds: number): Date => new Date(NOON.getTime() - milliseconds)

let ctx: ManagementContext
beforeAll(async () => {
  ctx = await project(200)
})
afterAll(closeDatabase)

/** A project so many days old, at noon today. */
async function project(days: number): Promise<ManagementContext> {
  const setting = await newSetting()
  await prisma().project.update({ where: { id: setting.ctx.project.id }, data: { createdAt: before(days * DAY) } })
  return { ...setting.ctx, now: () => NOON }
}

type Row = { readonly action?: string; readonly user?: string; readonly client?: string }

const recorded = ({ project: { id } }: ManagementContext, at: Date, { action = 'token.issued', user = 'u', client = 'c' }: Row = {}) =>
  prisma().auditEvent.create({
    data: {
      ...{ projectId: id, id: `${uuidBound(at).slice(0, 13)}${uuidv7().slice(13)}`, at },
      ...{ action, step: 'token', actorKind: 'client', userId: user, clientId: client },
    },
  })

const counted = ({ project: { id } }: ManagementContext, at: Date, kind: string, count = 1, clientId = '') =>
  prisma().eventCounter.create({
    data: { projectId: id, hour: new Date(Math.floor(at.getTime() / HOUR) * HOUR), kind, clientId, writer: uuidv7(), count },
  })

const rolledUp = ({ project: { id } }: ManagementContext) =>
  prisma().usageDay.findMany({ where: { projectId: id }, orderBy: [{ day: 'asc' }, { kind: 'asc' }, { key: 'asc' }] })

it('counts hours: first tokens, refreshes, and each user and client once, against the 24 hours before', async () => {
  const mine = await project(10)
  await recorded(mine, before(10 * 60_000), { user: 'u_1', client: 'c_1' })
  await recorded(mine, before(20 * 60_000), { user: 'u_1', client: 'c_1', action: 'refresh.rotated' })
  await recorded(mine, before(5 * HOUR), { user: 'u_1', client: 'c_2', action: 'exchange.issued' })
  await recorded(mine, before(5 * HOUR), { user: 'u_2', client: 'c_2', action: 'assertion.issued' })
  await recorded(mine, before(5 * HOUR), { user: 'u_3', action: 'user.signed_in' })
  await recorded(mine, before(30 * HOUR), { user: 'u_9' })
  await counted(mine, before(5 * HOUR), 'rejected:token:pkce_mismatch', 3)
  await counted(mine, before(5 * HOUR), 'metadata.fetched', 50)

  const usage = await getUsage(mine, { range: '24h' })
  expect(usage.points).toHaveLength(24)
  expect(usage.points.map(({ at }) => at.getTime())).toEqual(
    Array.from({ length: 24 }, (_, i) => NOON.getTime() - (23 - i) * HOUR), // noon begins the last hour, which has nothing yet
  )
  expect(usage.points.at(-2)).toMatchObject({ tokens: 1, refreshes: 1, activeUsers: 1, activeClients: 1, errors: 0 })
  expect(usage.points.at(-6)).toMatchObject({ tokens: 2, refreshes: 0, activeUsers: 2, activeClients: 1, errors: 3 })
  expect(usage.totals).toEqual({ tokens: 3, refreshes: 1, activeUsers: 2, activeClients: 2, errors: 3 })
  expect(usage.before).toEqual({ tokens: 1, refreshes: 0, activeUsers: 1, activeClients: 1, errors: 0 })
})

it('counts days: finished ones from the roll-up, today from the rows', async () => {
  await recorded(ctx, before(0 + 1), { user: 'today' })
  await recorded(ctx, before(DAY), { user: 'u_1' })
  await recorded(ctx, before(DAY), { user: 'u_2', action: 'refresh.rotated' })
  await recorded(ctx, before(6 * DAY), { user: 'u_1' })
  await counted(ctx, before(DAY), 'rejected:token:code_expired', 2)
  await counted(ctx, before(DAY), 'rejected:register:secret_missing', 5)
  await counted(ctx, before(1), 'rejected:token:code_expired', 4)

  const usage = await getUsage(ctx, { range: '7d' })
  expect(usage.points).toHaveLength(7)
  expect(usage.points[0]).toMatchObject({ at: before(6 * DAY + 12 * HOUR), tokens: 1, activeUsers: 1 })
  expect(usage.points[5]).toMatchObject({ tokens: 1, refreshes: 1, activeUsers: 2, errors: 7 })
  expect(usage.points[6]).toMatchObject({ tokens: 1, activeUsers: 1, errors: 4 })
  expect(usage.totals).toMatchObject({ tokens: 3, refreshes: 1, activeUsers: 0.6, errors: 11 })
  expect(usage.errors).toEqual([
    { code: 'code_expired', count: 6 },
    { code: 'secret_missing', count: 5 },
  ])
})

it('compares with as much of the period before: its last day ends at this time of day', async () => {
  const mine = await project(40)
  await recorded(mine, before(7 * DAY + HOUR))
  await recorded(mine, before(7 * DAY - HOUR)) // that afternoon is in neither
  await recorded(mine, before(9 * DAY))
  expect(await getUsage(mine, { range: '7d' })).toMatchObject({ totals: { tokens: 0 }, before: { tokens: 2 } })
  expect(await getUsage(mine, { range: '30d' })).toMatchObject({ totals: { tokens: 3 }, before: { tokens: 0 } })
  expect(await getUsage(mine, { range: '90d' })).toMatchObject({ totals: { tokens: 3 }, before: null })
})

it('rolls a finished day up once, whoever asks at the same moment, and never again', async () => {
  const mine = await project(3)
  await recorded(mine, before(DAY), { user: 'u_1' })
  await Promise.all(Array.from({ length: 6 }, () => rollUpUsage({ projectId: mine.project.id, now: NOON })))
  const first = await rolledUp(mine)
  expect(first.filter(({ kind, count }) => kind === 'tokens' && count > 0)).toMatchObject([{ count: 1 }])
  expect(new Set(first.map(({ day }) => day.getTime())).size).toBe(3)

  await recorded(mine, before(DAY + 1)) // comes too late
  await rollUpUsage({ projectId: mine.project.id, now: NOON })
  expect(await rolledUp(mine)).toEqual(first)
})

it('rolls up neither today nor a yesterday that ended a moment ago', async () => {
  const mine = await project(2)
  const midnight = Math.floor(NOON.getTime() / DAY) * DAY
  await rollUpUsage({ projectId: mine.project.id, now: new Date(midnight + 60_000) })
  expect((await rolledUp(mine)).map(({ day }) => day.getTime()).every((day) => day < midnight - DAY)).toBe(true)
  await recorded(mine, new Date(midnight - 1000))
  expect((await getUsage({ ...mine, now: () => new Date(midnight + 60_000) }, { range: '7d' })).points[5]).toMatchObject({ tokens: 1 })
})

it('housekeeping rolls up every project that nobody looked at, and then has nothing left to do', async () => {
  const mine = await project(2)
  await recorded(mine, before(DAY))
  expect(await rollUpEveryProject(NOON)).toBeGreaterThanOrEqual(1)
  expect((await rolledUp(mine)).find(({ kind, count }) => kind === 'tokens' && count === 1)).toBeDefined()
  expect(await rollUpEveryProject(NOON)).toBe(0)
})

it('reads what was rolled up when the rows are purged', async () => {
  const mine = await project(3)
  await recorded(mine, before(DAY))
  await rollUpUsage({ projectId: mine.project.id, now: NOON })
  await prisma().auditEvent.deleteMany({ where: { projectId: mine.project.id } })
  expect(await getUsage(mine, { range: '7d' })).toMatchObject({ totals: { tokens: 1 } })
})

it('counts a device that waits for its user as no error, and an assertion that failed once', async () => {
  const mine = await project(1)
  await counted(mine, before(HOUR), 'rejected:token:device_pending', 40)
  await counted(mine, before(HOUR), 'rejected:assertion:expired', 1)
  await counted(mine, before(HOUR), 'rejected:token:assertion_refused', 1)
  expect((await getUsage(mine, { range: '24h' })).errors).toEqual([{ code: 'assertion_refused', count: 1 }])
})

it('shows nothing of other projects', async () => {
  const theirs = await project(3)
  await recorded(theirs, before(HOUR))
  await counted(theirs, before(HOUR), 'rejected:token:code_expired')
  const mine = await project(3)
  expect((await getUsage(mine, { range: '7d' })).totals).toEqual({ tokens: 0, refreshes: 0, activeUsers: 0, activeClients: 0, errors: 0 })
})

it('refuses a range it does not know', async () => {
  await expect(getUsage(ctx, { range: '1y' as '7d' })).rejects.toMatchObject({ code: 'invalid' })
})

it('answers for a project with 200,000 tokens by its key, not by reading the table', async () => {
  const mine = await project(60)
  await prisma().$executeRaw`
    INSERT INTO audit_event (project_id, id, at, action, step, actor_kind, user_id, client_id)
    SELECT ${mine.project.id}::uuid,
      (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000' || lpad(to_hex(i), 16, '8'))::uuid,
      at, 'token.issued', 'token', 'client', 'u_' || i % 700, 'c_' || i % 9
    FROM (SELECT i, ${NOON}::timestamptz - i * interval '20 seconds' AS at FROM generate_series(1, 200000) AS i) AS made`
  const { totals, points } = await getUsage(mine, { range: '30d' })
  expect(totals.tokens).toBe((29 * DAY + 12 * HOUR) / 20_000)
  expect(points[3]).toMatchObject({ tokens: 4320, activeUsers: 700, activeClients: 9 })

  const [{ 'QUERY PLAN': plan } = { 'QUERY PLAN': '' }] = await prisma().$queryRaw<{ 'QUERY PLAN': unknown }[]>`
    EXPLAIN (FORMAT JSON) SELECT count(*) FROM audit_event
    WHERE project_id = ${mine.project.id}::uuid AND id >= ${uuidBound(before(DAY))}::uuid AND id < ${uuidBound(NOON)}::uuid`
  expect(JSON.stringify(plan)).toContain('audit_event_pkey')
})
