import { describe, expect, it } from 'vitest'
import { claims } from '#lib/keys/fixtures.ts'
import { jwks, signer, verifier } from '#lib/keys/sign.ts'
import type { ManagementContext } from '../context.ts'
import { newGrant, newSetting } from '../fixtures.ts'
import { updateProject } from '../projects/update.ts'
import { getKeyImpact } from './impact.ts'
import { listKeys as listKeysOf } from './list.ts'
import { revokeKey } from './revoke.ts'
import { rotateKeys } from './rotate.ts'

const listKeys = async (ctx: ManagementContext) => (await listKeysOf(ctx)).keys

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
      ['activatedAt', 'algorithm', 'createdAt', 'expiresAt', 'kid', 'publicJwk', 'purpose', 'retiredAt', 'rotatesAt', 'state'].sort(),
    )
  }
})

it('says when the key that signs is rotated by itself, and where everybody reads the public halves', async () => {
  const { ctx } = await newSetting()
  const { keys, jwksUrl, keyRotationDays } = await listKeysOf(ctx)
  const [current, next] = keys
  expect(keyRotationDays).toBe(90)
  expect(current?.rotatesAt?.getTime()).toBe((current?.activatedAt?.getTime() ?? 0) + 90 * 86_400_000)
  expect(next?.rotatesAt).toBeNull()
  expect(jwksUrl).toBe(`${ctx.project.issuer}/.well-known/jwks.json`)
  await updateProject(ctx, { keyRotationDays: null })
  expect((await listKeys(ctx))[0]?.rotatesAt).toBeNull()
})

describe('revoking a key', () => {
  it('takes it out of the JWKS at once, refuses what it signed, and lets the next one sign', async () => {
    const { ctx } = await newSetting()
    const projectId = ctx.project.id
    const published = async () => JSON.parse((await jwks(projectId)).body.toString()).keys.map(({ kid }: { kid: string }) => kid)
    const [current, next] = await listKeys(ctx)
    const token = await signer(projectId)(claims())
    expect(await verifier(projectId)(token)).not.toBeNull()
    expect(await published()).toContain(current?.kid)

    await revokeKey(ctx, { kid: current?.kid ?? '' })
    expect(await verifier(projectId)(token)).toBeNull()
    expect(await published()).not.toContain(current?.kid)
    expect((await listKeys(ctx)).map(({ kid, state }) => `${state} ${kid}`)).toEqual([
      `current ${next?.kid}`,
      expect.stringMatching(/^next /),
      `revoked ${current?.kid}`,
    ])
    await expect(revokeKey(ctx, { kid: current?.kid ?? '' })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is refused to somebody whose session was left open', async () => {
    const { ctx } = await newSetting()
    const [current] = await listKeys(ctx)
    const stale = { ...ctx, recentlyAuthenticated: false }
    await expect(revokeKey(stale, { kid: current?.kid ?? '' })).rejects.toMatchObject({ code: 'reauthenticate' })
  })

  it('says before whom it touches: all who are granted something now, or nobody for a key that never signed', async () => {
    const { ctx } = await newSetting()
    const [current, next] = await listKeys(ctx)
    for (const [client, user] of [
      ['c_1', 'u_1'],
      ['c_1', 'u_2'],
      ['c_2', 'u_1'],
    ] as const)
      await newGrant(ctx, client, user)
    expect(await getKeyImpact(ctx, { kid: current?.kid ?? '' })).toEqual({ users: 2, clients: 2, grants: 3 })
    expect(await getKeyImpact(ctx, { kid: next?.kid ?? '' })).toEqual({ users: 0, clients: 0, grants: 0 })
  })
})
