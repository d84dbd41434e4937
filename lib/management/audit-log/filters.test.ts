import { beforeAll, expect, it } from 'vitest'
import { insertAuditRow } from '#lib/db/audit-row.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import type { OAuthEvent } from '#lib/oauth/events.ts'
import type { ManagementContext } from '../context.ts'
import { newSetting } from '../fixtures.ts'
import type { ListAuditEventsInput } from './inputs.ts'
import { listAuditEvents } from './list.ts'

const GRANT = '01a1ff5e-0000-7000-8000-000000000001'
const REQUEST = 'ab12'.repeat(16)
const RESOURCE = 'https://mcp.example.com/100%_sure'

const EVENTS: Readonly<Record<string, Omit<OAuthEvent, 'step' | 'actorKind'> & Partial<OAuthEvent>>> = {
  asked: { action: 'authorization.requested', step: 'authorize', requestId: REQUEST, detail: { scope: 'read:all', resource: [RESOURCE] } },
  allowed: { action: 'grant.approved', step: 'consent', actorKind: 'user', actorId: 'user_1', requestId: REQUEST, grantId: GRANT },
  issued: { action: 'token.issued', grantId: GRANT, detail: { scope: 'read write', aud: 'https://mcp.example.com/100zzsure' } },
  misused: { action: 'code.misused', grantId: GRANT, reason: 'code_of_other_client', detail: { credential: 'code' } },
  ended: { action: 'grant.revoked', grantId: GRANT, reason: 'refresh_reused' },
  given_up: { action: 'grant.revoked', grantId: GRANT, reason: 'user', actorKind: 'user' },
}

let ctx: ManagementContext

beforeAll(async () => {
  ;({ ctx } = await newSetting())
  for (const [name, event] of Object.entries(EVENTS)) {
    const fields = { step: 'token', actorKind: 'client', clientId: 'c_1', ...event } as const
    await inTransaction((tx) => insertAuditRow(tx, ctx.project.id, fields, name === 'misused' ? '198.51.100.7' : '192.0.2.9'))
  }
})

/** Which of the above a filter finds, oldest first; `project` is what made the project. */
async function found(input: ListAuditEventsInput): Promise<string[]> {
  const { events, nextCursor } = await listAuditEvents(ctx, input)
  expect(nextCursor).toBeNull()
  const nameOf = (event: (typeof events)[number]) =>
    Object.keys(EVENTS).find((name) => EVENTS[name]?.action === event.action && (EVENTS[name]?.reason ?? null) === event.reason)
  return events.map((event) => nameOf(event) ?? 'project').toReversed()
}

it.each<[string, ListAuditEventsInput, string[]]>([
  ['what failed, and a grant that ended because of it', { outcome: 'refused' }, ['misused', 'ended']],
  ['what went well, with and without a reason', { outcome: 'ok' }, ['project', 'asked', 'allowed', 'issued', 'given_up']],
  ['several actions', { action: 'token.issued,code.misused' }, ['issued', 'misused']],
  ['a kind of actor', { actor: 'user' }, ['allowed', 'given_up']],
  ['one attempt', { request: REQUEST }, ['asked', 'allowed']],
  ['one attempt by the beginning of its id', { request: REQUEST.slice(0, 8) }, ['asked', 'allowed']],
  ['one grant', { grant: GRANT, step: 'token', outcome: 'refused' }, ['misused', 'ended']],
  ['a scope, and not those it is a part of', { scope: 'read' }, ['issued']],
  ['a scope in the middle of others', { scope: 'write' }, ['issued']],
  ['a longer scope', { scope: 'read:all' }, ['asked']],
  ['a resource, in which % and _ are ordinary', { resource: RESOURCE }, ['asked']],
  ['a reason', { reason: 'code_of_other_client' }, ['misused']],
  ['an address by its beginning', { text: '198.51.' }, ['misused']],
  ['a word of the detail, in any case', { text: 'READ:ALL' }, ['asked']],
  ['any id', { text: GRANT, outcome: 'refused' }, ['misused', 'ended']],
  ['an actor by id', { text: 'user_1' }, ['allowed']],
  ['nothing for a pattern', { text: '%', action: 'token.issued' }, []],
  ['everything since a minute', { from: new Date(Date.now() - 60_000).toISOString() }, ['project', ...Object.keys(EVENTS)]],
  ['nothing of the future', { from: new Date(Date.now() + 60_000).toISOString() }, []],
  ['nothing from before there was anything', { to: '2020-01-01T00:00:00Z' }, []],
])('finds %s', async (_, input, names) => {
  expect(await found(input)).toEqual(names)
})

it('begins at a time: what came later is not on the page, to the millisecond', async () => {
  const { events } = await listAuditEvents(ctx, {})
  const [newest, , third] = events
  const { events: before } = await listAuditEvents(ctx, { to: third?.at.toISOString() })
  expect(before.map(({ id }) => id)).toEqual(events.slice(3).map(({ id }) => id))
  const { events: after } = await listAuditEvents(ctx, { from: newest?.at.toISOString() })
  expect(after.map(({ id }) => id)).toContain(newest?.id)
})

it.each<Record<string, string>>([
  { outcome: 'maybe' },
  { actor: 'root' },
  { step: 'delete' },
  { from: 'yesterday' },
  { to: '2026-02-31T00:00:00Z' },
  { scope: 'read write' },
  { request: 'xyz' },
  { grant: '1' },
  { reason: "'; --" },
  { text: 'x'.repeat(201) },
  { action: Array.from({ length: 21 }, () => 'token.issued').join(',') },
])('refuses %j', async (input) => {
  await expect(listAuditEvents(ctx, input as ListAuditEventsInput)).rejects.toMatchObject({ code: 'invalid' })
})
