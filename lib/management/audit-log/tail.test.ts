import { expect, it } from 'vitest'
import { recordAudit } from '#lib/audit/record.ts'
import { insertAuditRow } from '#lib/db/audit-row.ts'
import { pool } from '#lib/db/client.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext } from '../context.ts'
import { as, newSetting } from '../fixtures.ts'
import { createScope } from '../scopes/create.ts'
import { tailAuditEvents } from './tail.ts'

const newScope = (ctx: ManagementContext, name: string) => createScope(ctx, { name, description: 'x' })
const scopesIn = (events: Awaited<ReturnType<typeof tailAuditEvents>>['events']) =>
  events.filter(({ action }) => action === 'scope.created').map(({ detail }) => detail?.scope)

it('begins now, then tells what was written since, newest first', async () => {
  const { ctx } = await newSetting()
  const start = await tailAuditEvents(ctx, {})
  expect(start).toMatchObject({ events: [], isCut: false })
  await newScope(ctx, 'one')
  await newScope(ctx, 'two')
  const next = await tailAuditEvents(ctx, { after: start.after ?? '' })
  expect(scopesIn(next.events)).toEqual(['two', 'one'])
  expect(next.after).toBe(next.events[0]?.id)
})

it('tells of a row that was committed after a newer one had been seen', async () => {
  const { ctx } = await newSetting()
  await inTransaction(async (tx) => {
    await recordAudit(tx, auditSource(ctx), { action: 'scope.created', scope: 'late' })
    await newScope(ctx, 'early')
  })
  const seen = await tailAuditEvents(ctx, { after: (await tailAuditEvents(ctx, {})).after ?? '' })
  expect(scopesIn(seen.events)).toEqual(['early', 'late'])
})

it('narrows as the list does, and shows nothing of other projects', async () => {
  const [mine, theirs] = [await newSetting(), await newSetting()]
  const { after } = await tailAuditEvents(mine.ctx, {})
  await newScope(theirs.ctx, 'foreign')
  await newScope(mine.ctx, 'own')
  const tail = (filter: object) => tailAuditEvents(mine.ctx, { after: after ?? '', ...filter })
  expect(scopesIn((await tail({})).events)).toEqual(['own'])
  expect((await tail({ action: 'token.issued' })).events).toEqual([])
})

it('says when there is more than it tells', async () => {
  const { ctx } = await newSetting()
  const { after } = await tailAuditEvents(ctx, {})
  await inTransaction(async (tx) => {
    const fields = { action: 'token.issued', step: 'token', actorKind: 'client' } as const
    for (let i = 0; i < 101; i++) await insertAuditRow(tx, ctx.project.id, fields, null)
  })
  const tail = await tailAuditEvents(ctx, { after: after ?? '' })
  expect(tail.events).toHaveLength(100)
  expect(tail.isCut).toBe(true)
})

it('holds no connection between two questions', async () => {
  const { ctx } = await newSetting()
  await tailAuditEvents(ctx, {})
  await expect.poll(() => pool().totalCount - pool().idleCount).toBe(0)
})

it('is for auditors and not for viewers', async () => {
  const { ctx } = await newSetting()
  await expect(tailAuditEvents(await as('viewer', ctx), {})).rejects.toMatchObject({ code: 'forbidden' })
})
