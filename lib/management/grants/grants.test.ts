import { expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { createClient } from '../clients/create.ts'
import type { ManagementContext } from '../context.ts'
import { cursorOf } from '../cursor.ts'
import { livingFamilies, newGrant, newSetting } from '../fixtures.ts'
import { createUser } from '../users/create.ts'
import type { ListGrantsInput } from './inputs.ts'
import { listGrants } from './list.ts'
import { revokeGrant, revokeGrants } from './revoke.ts'

const newUser = (ctx: ManagementContext, name: string) =>
  createUser(ctx, { email: `${name}@example.com`, password: 'correct horse battery' })
const newClient = (ctx: ManagementContext, name = 'Web') =>
  createClient(ctx, { name, redirectUris: ['https://client.example.com/cb'], tokenEndpointAuthMethod: 'none' })

const idsIn = async (ctx: ManagementContext, input: ListGrantsInput = {}): Promise<string[]> =>
  (await listGrants(ctx, input)).grants.map(({ id }) => id)

const revocationsIn = (ctx: ManagementContext) =>
  prisma().auditEvent.findMany({ where: { projectId: ctx.project.id, action: 'grant.revoked' }, orderBy: { id: 'asc' } })

it('are listed with the names of client and user, either way round in time, and narrowed by what one looks for', async () => {
  const { ctx } = await newSetting()
  const [ann, bob] = [await newUser(ctx, 'ann'), await newUser(ctx, 'bob')]
  const [web, app] = [await newClient(ctx, 'Web'), await newClient(ctx, 'App')]
  const older = await newGrant(ctx, web.clientId, ann.id)
  const newer = await newGrant(ctx, app.clientId, bob.id)
  const where = { projectId: ctx.project.id }
  await prisma().oAuthGrant.updateMany({ where: { ...where, id: newer }, data: { resources: '["https://mcp.example.com/100%"]' } })
  await prisma().refreshFamily.updateMany({ where: { ...where, grantId: newer }, data: { rotatedAt: new Date() } })

  const { grants } = await listGrants(ctx)
  expect(grants).toMatchObject([
    { id: newer, clientName: 'App', userEmail: 'bob@example.com', scope: 'read', lastUsedAt: expect.any(Date) },
    { id: older, clientName: 'Web', userEmail: 'ann@example.com', resources: ['https://mcp.example.com/mcp'], lastUsedAt: null },
  ])
  expect(await idsIn(ctx, { sort: 'createdAt' })).toEqual([older, newer])
  expect(await idsIn(ctx, { clientId: web.clientId })).toEqual([older])
  expect(await idsIn(ctx, { userId: bob.id })).toEqual([newer])
  expect(await idsIn(ctx, { resource: 'https://mcp.example.com/100%' })).toEqual([newer])
  expect(await idsIn(ctx, { resource: 'https://mcp.example.com/' })).toEqual([])
  for (const query of ['ANN@', 'web', web.clientId, ann.id]) expect(await idsIn(ctx, { query })).toEqual([older])
  expect(await idsIn(ctx, { query: 'nobody' })).toEqual([])

  await revokeGrant(ctx, { grantId: older })
  expect(await idsIn(ctx)).toEqual([newer])
  expect(await idsIn(ctx, { status: 'revoked' })).toEqual([older])
  expect(await idsIn(ctx, { status: 'all' })).toEqual([newer, older])
})

it('are listed page by page, each once', async () => {
  const { ctx } = await newSetting()
  const made: string[] = []
  for (let i = 0; i < 5; i++) made.push(await newGrant(ctx, 'c_x', 'user_x'))
  for (const [sort, expected] of [['createdAt', made] as const, ['-createdAt', made.toReversed()] as const]) {
    const shown: string[] = []
    let cursor: string | undefined
    do {
      const page: Awaited<ReturnType<typeof listGrants>> = await listGrants(ctx, { take: 2, sort, cursor })
      shown.push(...page.grants.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(shown).toEqual(expected)
  }
})

it.each([{ cursor: cursorOf('x') }, { cursor: cursorOf(null) }, { cursor: 'x' }, { sort: 'scope' as 'createdAt' }, { query: 'a\0' }])(
  'are not listed for %j',
  async (input) => {
    const { ctx } = await newSetting()
    await expect(listGrants(ctx, input)).rejects.toMatchObject({ code: 'invalid' })
  },
)

it('are revoked once, with their refresh family, and stay to be seen', async () => {
  const { ctx } = await newSetting()
  const [ann, client] = [await newUser(ctx, 'ann'), await newClient(ctx)]
  const grantId = await newGrant(ctx, client.clientId, ann.id)
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => revokeGrant(ctx, { grantId })))

  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
  expect(await livingFamilies(ctx)).toBe(0)
  expect(await idsIn(ctx)).toEqual([])
  expect((await listGrants(ctx, { status: 'all' })).grants).toMatchObject([{ id: grantId, revokedReason: 'member' }])
  expect(await revocationsIn(ctx)).toMatchObject([{ grantId, clientId: client.clientId, userId: ann.id, reason: 'member' }])
})

it('are revoked together, with a row of the log for each that lived, and what was remembered of them is forgotten', async () => {
  const { ctx } = await newSetting()
  const where = { projectId: ctx.project.id }
  const [one, two, over, spared] = [
    await newGrant(ctx, 'c_one', 'user_a'),
    await newGrant(ctx, 'c_two', 'user_a'),
    await newGrant(ctx, 'c_two', 'user_b'),
    await newGrant(ctx, 'c_two', 'user_c'),
  ]
  const consent = (userId: string) => ({ ...where, userId, clientId: 'c_two', placeHash: 'place', scope: 'read', metadataHash: 'm' })
  await prisma().rememberedConsent.createMany({ data: ['user_a', 'user_b', 'user_c'].map(consent) })
  await revokeGrant(ctx, { grantId: over })

  expect(await revokeGrants(ctx, { grantIds: [one, two, over, one.toUpperCase()] })).toEqual({ revoked: 2 })
  expect(await idsIn(ctx)).toEqual([spared])
  expect(await livingFamilies(ctx)).toBe(1)
  expect((await revocationsIn(ctx)).map(({ grantId }) => grantId).toSorted()).toEqual([one, two, over].toSorted())
  expect(await prisma().rememberedConsent.findMany({ where })).toMatchObject([{ userId: 'user_c' }])
  await expect(revokeGrants(ctx, { grantIds: [one, two] })).rejects.toMatchObject({ code: 'conflict' })
})

it('are revoked all or none: one that is another project’s leaves the others alone', async () => {
  const [mine, theirs] = [await newSetting(), await newSetting()]
  const [own, foreign] = [await newGrant(mine.ctx, 'c_x', 'user_x'), await newGrant(theirs.ctx, 'c_x', 'user_x')]
  await expect(revokeGrants(mine.ctx, { grantIds: [own, foreign] })).rejects.toMatchObject({ code: 'not_found' })
  expect([await idsIn(mine.ctx), await idsIn(theirs.ctx)]).toEqual([[own], [foreign]])
  expect(await revocationsIn(mine.ctx)).toEqual([])
})

it.each([[[]], [['x']], [Array.from({ length: 101 }, () => '01a1fe10-4692-747a-acdd-2da5e398b177')]])(
  'are not revoked for a list that is empty, wrong or too long',
  async (grantIds) => {
    const { ctx } = await newSetting()
    await expect(revokeGrants(ctx, { grantIds })).rejects.toMatchObject({ code: 'invalid' })
  },
)
