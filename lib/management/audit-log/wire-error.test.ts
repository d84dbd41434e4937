import { beforeAll, expect, it } from 'vitest'
import { insertAuditRow } from '#lib/db/audit-row.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import type { OAuthEvent } from '#lib/oauth/events.ts'
import type { ManagementContext } from '../context.ts'
import { newSetting } from '../fixtures.ts'
import { listAuditEvents } from './list.ts'

/** As the protocol writes them. */
const EVENTS: readonly Pick<OAuthEvent, 'action' | 'detail'>[] = [
  { action: 'code.misused' },
  { action: 'refresh.reused', detail: { generation: 1, current: 2 } },
  { action: 'cross_tenant.used', detail: { credential: 'code' } },
  { action: 'cross_tenant.used', detail: { credential: 'subject_token', issuer: 'https://auth.example.com/p/other' } },
  { action: 'assertion.replayed', detail: { kind: 'id-jag', issuer: 'https://idp.example.com' } },
  { action: 'assertion.replayed', detail: { used_as: 'client_assertion' } },
  { action: 'exchange.refused', detail: { error: 'invalid_target' } },
  { action: 'assertion.refused', detail: { error: 'invalid_grant', why: 'expired' } },
  { action: 'token.issued', detail: { scope: 'error invalid_grant' } },
  { action: 'grant.denied' },
]

let ctx: ManagementContext

beforeAll(async () => {
  ;({ ctx } = await newSetting())
  for (const event of EVENTS) {
    await inTransaction((tx) => insertAuditRow(tx, ctx.project.id, { step: 'token', actorKind: 'client', ...event }, null))
  }
})

it.each([
  ['invalid_grant', [0, 1, 2, 4, 7]],
  ['invalid_client', [5]],
  ['invalid_target', [6]],
  ['access_denied', [9]],
  ['invalid_gran', []],
])('finds what was answered with %s', async (error, indexes) => {
  const { events } = await listAuditEvents(ctx, { error })
  const found = events.map(({ action, detail }) => ({ action, detail })).toReversed()
  expect(found).toEqual(indexes.map((index) => ({ detail: null, ...EVENTS[index] })))
})

it.each(['invalid grant', '%', 'constructor'])('%j finds nothing', async (error) => {
  const found = listAuditEvents(ctx, { error })
  if (error === 'constructor') expect((await found).events).toEqual([])
  else await expect(found).rejects.toMatchObject({ code: 'invalid' })
})
