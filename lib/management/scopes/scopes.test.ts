import { expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { resolveIssuer } from '#lib/issuer/resolve.ts'
import type { ManagementContext } from '../context.ts'
import { newSetting } from '../fixtures.ts'
import { createResource } from '../resources/create.ts'
import { deleteResource } from '../resources/delete.ts'
import { createScope } from './create.ts'
import { deleteScope } from './delete.ts'
import { listScopes } from './list.ts'
import { orderScopes } from './order.ts'
import { updateScope } from './update.ts'

const generationOf = async (ctx: ManagementContext): Promise<number> =>
  (await prisma().project.findUniqueOrThrow({ where: { id: ctx.project.id } })).generation

it('a new scope comes last, and each change of scopes and resources reaches cached issuers', async () => {
  const { ctx } = await newSetting()
  await createScope(ctx, { name: 'notes:delete', description: 'Delete your notes' })
  await updateScope(ctx, { name: 'notes:delete', description: 'Delete notes', position: 0 })
  await deleteScope(ctx, { name: 'write' })
  await createResource(ctx, { identifier: 'https://files.example.com', name: 'Files' })
  await deleteResource(ctx, { identifier: 'https://files.example.com' })

  expect(await listScopes(ctx)).toEqual([
    { name: 'notes:delete', description: 'Delete notes', risk: 'low', isRequired: false, isDefault: false, position: 0 },
    { name: 'read', description: 'See your data', risk: 'low', isRequired: false, isDefault: true, position: 0 },
  ])
  expect(await generationOf(ctx)).toBe(6)
})

it('a scope name is taken once, also by two at the same moment', async () => {
  const { ctx } = await newSetting()
  const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => createScope(ctx, { name: 'admin', description: 'All' })))
  expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))).toEqual(Array(3).fill('conflict'))
})

it.each(['', 'two words', 'offline_access', 'openid', 'quo"te', 'back\\slash', 'ümlaut', ':leading', 'x'.repeat(65)])(
  'the scope name %j is refused',
  async (name) => {
    const { ctx } = await newSetting()
    await expect(createScope(ctx, { name, description: 'x' })).rejects.toMatchObject({
      code: 'invalid',
      fields: { name: expect.any(String) },
    })
  },
)

it('a scope that is not there is neither changed nor deleted', async () => {
  const { ctx } = await newSetting()
  await expect(updateScope(ctx, { name: 'none', isDefault: true })).rejects.toMatchObject({ code: 'not_found' })
  await expect(deleteScope(ctx, { name: 'none' })).rejects.toMatchObject({ code: 'not_found' })
})

it('risk, words and whether it can be left out reach the issuer, in the order that was chosen', async () => {
  const { ctx } = await newSetting()
  await createScope(ctx, { name: 'admin', description: 'Do everything', risk: 'high', isRequired: true })
  await orderScopes(ctx, { names: ['admin', 'write', 'read'] })
  const issuer = await resolveIssuer(ctx.project.issuer)
  expect(issuer?.scopes.map(({ name, risk, isRequired }) => [name, risk, isRequired])).toEqual([
    ['admin', 'high', true],
    ['write', 'low', false],
    ['read', 'low', false],
  ])
})

it.each([
  ['one is missing', ['write']],
  ['one is named twice', ['read', 'read', 'write']],
  ['one is not there', ['read', 'write', 'admin']],
])('an order in which %s is refused, and the old one stays', async (_, names) => {
  const { ctx } = await newSetting()
  await expect(orderScopes(ctx, { names })).rejects.toMatchObject({ code: 'conflict' })
  expect((await listScopes(ctx)).map(({ name }) => name)).toEqual(['read', 'write'])
})
