import { expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { createClient } from '../clients/create.ts'
import type { ManagementContext } from '../context.ts'
import { as, newSetting } from '../fixtures.ts'
import { createScope } from '../scopes/create.ts'
import { createUser } from '../users/create.ts'
import { getAuditEvent } from './get.ts'
import { listAuditEvents } from './list.ts'

const newClient = (ctx: ManagementContext) =>
  createClient(ctx, { name: 'Web', redirectUris: ['https://client.example.com/cb'], tokenEndpointAuthMethod: 'none' })

it('lists what happened, newest first, with today’s names', async () => {
  const { ctx } = await newSetting()
  const { clientId } = await newClient(ctx)
  const { id: userId } = await createUser(ctx, { email: 'ann@example.com', password: 'correct horse battery' })

  const { events, nextCursor } = await listAuditEvents(ctx)
  expect(nextCursor).toBeNull()
  expect(events).toMatchObject([
    { action: 'user.created', userId, userEmail: 'ann@example.com', actorKind: 'member', actorName: 'Member' },
    { action: 'client.created', clientId, clientName: 'Web', detail: { name: 'Web' } },
    { action: 'project.created', address: '192.0.2.1', step: 'manage' },
  ])
  expect(await getAuditEvent(ctx, { id: events[0]?.id ?? '' })).toEqual(events[0])
})

it('pages through everything once', async () => {
  const { ctx } = await newSetting()
  for (let i = 0; i < 6; i++) await createScope(ctx, { name: `scope-${i}`, description: 'x' })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listAuditEvents>> = await listAuditEvents(ctx, { take: 3, cursor: cursor ?? undefined })
    expect(page.events.length).toBeLessThanOrEqual(3)
    seen.push(...page.events.map((event) => event.id))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(seen).toHaveLength(7)
  expect(new Set(seen).size).toBe(7)
  expect(seen).toEqual(seen.toSorted().toReversed())
})

it('narrows by action, step, client and user, the user also by address', async () => {
  const { ctx } = await newSetting()
  const { clientId } = await newClient(ctx)
  const { id: userId } = await createUser(ctx, { email: 'ann@example.com', password: 'correct horse battery' })
  const actionsOf = async (input: Parameters<typeof listAuditEvents>[1]) =>
    (await listAuditEvents(ctx, input)).events.map((event) => event.action)

  expect(await actionsOf({ action: 'project.created' })).toEqual(['project.created'])
  expect(await actionsOf({ step: 'manage' })).toHaveLength(3)
  expect(await actionsOf({ step: 'token' })).toEqual([])
  expect(await actionsOf({ client: clientId })).toEqual(['client.created'])
  expect(await actionsOf({ user: userId })).toEqual(['user.created'])
  expect(await actionsOf({ user: 'ANN@example.com' })).toEqual(['user.created'])
  expect(await actionsOf({ user: 'nobody@example.com' })).toEqual([])
})

it('looks back in steps when a filter fits nothing near, and finds what is far in the end', async () => {
  const { ctx } = await newSetting()
  await prisma().$executeRaw`
    INSERT INTO audit_event (project_id, id, action, step, actor_kind)
    SELECT ${ctx.project.id}::uuid, ('ffffffff-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'token.issued', 'token', 'client'
    FROM generate_series(1, 45000) AS i`

  const found: string[] = []
  let [calls, cursor]: [number, string | undefined] = [0, undefined]
  do {
    const page = await listAuditEvents(ctx, { action: 'project.created', cursor })
    found.push(...page.events.map((event) => event.action))
    cursor = page.nextCursor ?? undefined
    calls++
  } while (cursor !== undefined)
  expect(found).toEqual(['project.created'])
  expect(calls).toBe(3)
})

it('shows nothing of other projects, not even by cursor', async () => {
  const [mine, theirs] = [await newSetting(), await newSetting()]
  const { events } = await listAuditEvents(theirs.ctx)
  const { events: seen } = await listAuditEvents(mine.ctx, { cursor: events[0]?.id })
  expect(seen.map((event) => event.detail?.slug).filter((slug) => slug !== mine.created.slug)).toEqual([])
})

it.each([
  { take: 101 },
  { take: 0 },
  { take: 1e9 },
  { cursor: "' OR 1=1 --" },
  { cursor: '1' },
  { action: 'x;DROP TABLE audit_event' },
  { action: 'passwordHash' },
])('refuses %j', async (input) => {
  const { ctx } = await newSetting()
  await expect(listAuditEvents(ctx, input)).rejects.toMatchObject({ code: 'invalid' })
})

it('is for auditors and not for viewers', async () => {
  const { ctx } = await newSetting()
  await expect(listAuditEvents(await as('viewer', ctx))).rejects.toMatchObject({ code: 'forbidden' })
  await expect(listAuditEvents(await as('auditor', ctx))).resolves.toMatchObject({ events: [{ action: 'project.created' }] })
})
