import { describe, expect, it } from 'vitest'
import type { ManagementContext } from '../context.ts'
import { newSetting } from '../fixtures.ts'
import { updateProject } from '../projects/update.ts'
import { listKeys } from './list.ts'
import { rotateKeys } from './rotate.ts'

it('the next key signs after a rotation, the one before it still verifies, and another is published', async () => {
  const { ctx } = await newSetting()
  const [current, next] = await listKeys(ctx)
  expect(await rotateKeys(ctx)).toEqual({ outcome: 'rotated', kid: next?.kid, previousKid: current?.kid })

  const after = await listKeys(ctx)
  expect(after.map(({ kid, state }) => ({ kid, state }))).toEqual([
    { kid: next?.kid, state: 'current' },
    { kid: expect.any(String), state: 'next' },
    { kid: current?.kid, state: 'previous' },
  ])
  expect(after[2]?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 86_400_000)
})

it('a second rotation is refused until every cached JWKS can have the next key', async () => {
  const { ctx } = await newSetting()
  await rotateKeys(ctx)
  await expect(rotateKeys(ctx)).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/\d\d:\d\d:\d\dZ$/) })
})

it('a new algorithm is published first and does not sign before its time', async () => {
  const { ctx } = await newSetting()
  await updateProject(ctx, { signingAlgorithm: 'RS256' })
  await expect(rotateKeys(ctx)).rejects.toMatchObject({ code: 'conflict' })
  expect((await listKeys(ctx)).map((key) => [key.state, key.algorithm])).toEqual([
    ['current', 'ES256'],
    ['next', 'RS256'],
  ])
})

describe('keys for id_tokens', () => {
  const shownOf = async (ctx: ManagementContext) =>
    (await listKeys(ctx)).map(({ purpose, state, algorithm }) => `${purpose} ${state} ${algorithm}`)
  const ACCESS = ['access-token current ES256', 'access-token next ES256']
  const ID = ['id-token current RS256', 'id-token next RS256']

  it('come with OpenID Connect, once, and stay when it is switched off', async () => {
    const { ctx } = await newSetting()
    expect(await shownOf(ctx)).toEqual(ACCESS)
    await Promise.all([updateProject(ctx, { openidConnect: true }), updateProject(ctx, { openidConnect: true })])
    const first = await listKeys(ctx)
    expect(await shownOf(ctx)).toEqual([...ACCESS, ...ID])
    await updateProject(ctx, { openidConnect: false })
    await updateProject(ctx, { openidConnect: true })
    expect(await listKeys(ctx)).toEqual(first)
  })

  it('are rotated for themselves', async () => {
    const { ctx } = await newSetting()
    await expect(rotateKeys(ctx, { purpose: 'id-token' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/OpenID/),
    })
    await updateProject(ctx, { openidConnect: true })
    const [, , current, next] = await listKeys(ctx)
    expect(await rotateKeys(ctx, { purpose: 'id-token' })).toEqual({ outcome: 'rotated', kid: next?.kid, previousKid: current?.kid })
    expect(await shownOf(ctx)).toEqual([...ACCESS, ...ID, 'id-token previous RS256'])
  })
})

it('a listed key has its public members only', async () => {
  const { ctx } = await newSetting()
  for (const key of await listKeys(ctx)) {
    expect(Object.keys(key.publicJwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    expect(Object.keys(key).sort()).toEqual(
      ['activatedAt', 'algorithm', 'createdAt', 'expiresAt', 'kid', 'publicJwk', 'purpose', 'retiredAt', 'state'].sort(),
    )
  }
})
