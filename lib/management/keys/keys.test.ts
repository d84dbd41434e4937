import { expect, it } from 'vitest'
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

it('a listed key has its public members only', async () => {
  const { ctx } = await newSetting()
  for (const key of await listKeys(ctx)) {
    expect(Object.keys(key.publicJwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    expect(Object.keys(key).sort()).toEqual(
      ['activatedAt', 'algorithm', 'createdAt', 'expiresAt', 'kid', 'publicJwk', 'retiredAt', 'state'].sort(),
    )
  }
})
