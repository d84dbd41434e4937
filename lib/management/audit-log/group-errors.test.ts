import { expect, it } from 'vitest'
import { insertAuditRow } from '#lib/db/audit-row.ts'
import { prisma } from '#lib/db/client.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import type { ManagementContext } from '../context.ts'
import { as, newSetting } from '../fixtures.ts'
import { groupErrors } from './group-errors.ts'

const HOUR_MS = 3_600_000

async function counted(ctx: ManagementContext, kind: string, count: number, hoursAgo = 0): Promise<void> {
  const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - hoursAgo * HOUR_MS)
  await prisma().eventCounter.create({ data: { projectId: ctx.project.id, hour, kind, writer: 'test', count } })
}

const recorded = (ctx: ManagementContext, action: string, reason?: string) =>
  inTransaction((tx) =>
    insertAuditRow(tx, ctx.project.id, { action, step: 'token', actorKind: 'client', ...(reason ? { reason } : {}) }, null),
  )

it('adds up what was counted, the most frequent first, with since when and until when', async () => {
  const { ctx } = await newSetting()
  await counted(ctx, 'rejected:token:code_expired', 3)
  await counted(ctx, 'rejected:token:code_expired', 4, 20)
  await counted(ctx, 'rejected:authorize:redirect', 9)
  await counted(ctx, 'metadata.fetched', 1_000)
  await counted(ctx, 'rejected:token:code_expired', 50, 24 * 20)
  const { errors } = await groupErrors(ctx, { days: 7 })
  expect(errors).toMatchObject([
    { code: 'redirect_uri_unregistered', places: ['authorize'], count: 9, recorded: 0 },
    { code: 'code_expired', places: ['token'], count: 7, recorded: 0 },
  ])
  const { firstSeenAt, lastSeenAt } = errors[1] ?? {}
  expect((lastSeenAt?.getTime() ?? 0) - (firstSeenAt?.getTime() ?? 0)).toBe(20 * HOUR_MS)
  expect((await groupErrors(ctx, { days: 30 })).errors[0]).toMatchObject({ code: 'code_expired', count: 57 })
})

it('counts what is both recorded and counted once', async () => {
  const { ctx } = await newSetting()
  await counted(ctx, 'rejected:token:code_of_other_client', 2)
  await recorded(ctx, 'code.misused', 'code_of_other_client')
  await counted(ctx, 'rejected:token:refresh_reused', 1)
  await recorded(ctx, 'refresh.reused')
  await recorded(ctx, 'grant.revoked', 'refresh_reused')
  await counted(ctx, 'rejected:token:assertion_refused', 1)
  await counted(ctx, 'rejected:assertion:exp', 1)
  expect((await groupErrors(ctx)).errors).toMatchObject([
    { code: 'code_of_other_client', count: 2, recorded: 1 },
    { code: 'assertion_refused', count: 1, recorded: 0 },
    { code: 'refresh_reused', count: 1, recorded: 1 },
  ])
})

it('keeps apart words that two parts use for different things', async () => {
  const { ctx } = await newSetting()
  for (const kind of ['rejected:handoff:unknown', 'rejected:device:unknown', 'rejected:handoff:secret_wrong', 'rejected:sign-in:code'])
    await counted(ctx, kind, 1)
  await recorded(ctx, 'handoff.refused', 'denied')
  await recorded(ctx, 'grant.denied')
  const codes = (await groupErrors(ctx)).errors.map(({ code }) => code)
  expect(codes.toSorted()).toEqual(['device_unknown', 'grant.denied', 'handoff_denied', 'handoff_unknown', 'secret_wrong', 'sign_in_code'])
})

it('shows nothing of other projects, and nothing to viewers', async () => {
  const [mine, theirs] = [await newSetting(), await newSetting()]
  await counted(theirs.ctx, 'rejected:token:code_expired', 3)
  expect((await groupErrors(mine.ctx)).errors).toEqual([])
  await expect(groupErrors(await as('viewer', mine.ctx))).rejects.toMatchObject({ code: 'forbidden' })
  for (const days of [0, 31, 1.5]) await expect(groupErrors(mine.ctx, { days })).rejects.toMatchObject({ code: 'invalid' })
})
