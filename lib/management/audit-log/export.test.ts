import { expect, it } from 'vitest'
import { insertAuditRow } from '#lib/db/audit-row.ts'
import { pool } from '#lib/db/client.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { createClient } from '../clients/create.ts'
import { as, auditRows, newSetting } from '../fixtures.ts'
import { exportAuditEvents } from './export.ts'
import type { WriteAuditLogInput } from './inputs.ts'
import { listAuditEvents } from './list.ts'
import { writeAuditLog } from './write.ts'

type Context = Parameters<typeof writeAuditLog>[0]

async function fileOf(ctx: Context, input: WriteAuditLogInput): Promise<string> {
  let text = ''
  for await (const piece of await writeAuditLog(ctx, input)) text += piece
  return text
}

it('writes what the filter fits as JSON Lines, newest first, and one row that says so', async () => {
  const { ctx } = await newSetting()
  const { events } = await listAuditEvents(ctx)
  const lines = (await fileOf(ctx, { format: 'jsonl', action: 'project.created' })).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(events)))
  const rows = (await auditRows(ctx)).filter(({ action }) => action === 'audit_log.exported')
  expect(rows.map(({ detail }) => JSON.parse(detail ?? ''))).toEqual([{ format: 'jsonl', filters: ['action'] }])
})

it('never writes down what was searched for: it may be somebody’s address', async () => {
  const { ctx } = await newSetting()
  await fileOf(ctx, { format: 'csv', user: 'ann@example.com', text: 'ann' })
  await exportAuditEvents(ctx, { user: 'ann@example.com' })
  expect(JSON.stringify(await auditRows(ctx))).not.toContain('ann')
})

it('B22 defuses what a spreadsheet would take for a formula', async () => {
  const { ctx } = await newSetting()
  for (const name of ['=HYPERLINK("https://evil.example")', '+1', '-1', '@SUM(A1)'])
    await createClient(ctx, { name, redirectUris: ['https://client.example.com/cb'], tokenEndpointAuthMethod: 'none' })
  const csv = await fileOf(ctx, { format: 'csv', action: 'client.created' })
  expect(csv.split('\n')[0]).toMatch(/^id,at,action,step,outcome,/)
  expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
  for (const name of ["'+1", "'-1", "'@SUM(A1)"]) expect(csv).toContain(`,${name},`)
})

it('goes on through a log of many batches, each event once, and stops where nothing fits any more', async () => {
  const { ctx } = await newSetting()
  await pool().query(
    `INSERT INTO audit_event (project_id, id, action, step, actor_kind)
     SELECT $1, ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'token.issued', 'token', 'client' FROM generate_series(1, 2500) AS i`,
    [ctx.project.id],
  )
  const ids = (await fileOf(ctx, { format: 'jsonl', step: 'token' }))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).id)
  expect(new Set(ids).size).toBe(2_500)
  expect(ids).toEqual(ids.toSorted().toReversed())
})

it('gives pages of a thousand, with one row in the log for each, also for one that begins in the middle', async () => {
  const { ctx } = await newSetting()
  await inTransaction(async (tx) => {
    const fields = { action: 'token.issued', step: 'token', actorKind: 'client' } as const
    for (let i = 0; i < 5; i++) await insertAuditRow(tx, ctx.project.id, fields, null)
  })
  const first = await exportAuditEvents(ctx, { step: 'token', take: 3 })
  const second = await exportAuditEvents(ctx, { step: 'token', take: 3, cursor: first.nextCursor ?? '' })
  expect([first.events.length, second.events.length, second.nextCursor]).toEqual([3, 2, null])
  expect((await auditRows(ctx)).filter(({ action }) => action === 'audit_log.exported')).toHaveLength(2)
  await expect(exportAuditEvents(ctx, { take: 1_001 })).rejects.toMatchObject({ code: 'invalid' })
})

it('is for auditors and not for viewers, and a refused one writes nothing', async () => {
  const { ctx } = await newSetting()
  const viewer = await as('viewer', ctx)
  await expect(writeAuditLog(viewer, { format: 'csv' })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(writeAuditLog(ctx, { format: 'xlsx' as 'csv' })).rejects.toMatchObject({ code: 'invalid' })
  expect((await auditRows(ctx)).map(({ action }) => action)).toEqual(['project.created'])
  await expect(writeAuditLog(await as('auditor', ctx), { format: 'csv' })).resolves.toBeDefined()
})
