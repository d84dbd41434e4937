import { expect, it } from 'vitest'
import { permissionsOf } from '../context.ts'
import { newGrant, newSetting } from '../fixtures.ts'
import { newClient } from '../samples.ts'
import { createUser } from '../users/create.ts'
import { search } from './find.ts'

const kindsOf = async (ctx: Parameters<typeof search>[0], query: string) => (await search(ctx, { query })).hits.map(({ kind }) => kind)

it('finds things by part of their names and by whole ids, in this project alone', async () => {
  const [{ ctx }, other] = [await newSetting(), await newSetting()]
  const clientId = await newClient(ctx)
  const { id: userId } = await createUser(ctx, { email: 'grace@example.com', password: 'correct horse battery' })
  const grantId = await newGrant(ctx, clientId, userId)

  expect(await kindsOf(ctx, 'notes w')).toEqual(['client'])
  expect(await kindsOf(ctx, clientId)).toEqual(['client'])
  expect(await kindsOf(ctx, 'GRACE@')).toEqual(['user'])
  expect(await kindsOf(ctx, 'mcp.example.com')).toEqual(['resource'])
  expect(await kindsOf(ctx, 'rea')).toEqual(['scope'])
  expect(await kindsOf(ctx, grantId)).toEqual(['grant'])
  expect(await kindsOf(other.ctx, 'grace')).toEqual([])
  expect(await kindsOf(other.ctx, grantId)).toEqual([])
  expect(await kindsOf(ctx, '%')).toEqual([])
})

it('shows nothing of a kind that its reader may not read', async () => {
  const { ctx } = await newSetting()
  await newClient(ctx)
  const permissions = new Set([...permissionsOf('viewer')].filter((permission) => permission !== 'client:read'))
  expect(await kindsOf({ ...ctx, permissions }, 'notes w')).toEqual([])
})
