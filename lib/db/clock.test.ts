import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { closeDatabase } from './client.ts'
import { approved, event, newFamily, redeemed, successor } from './fixtures.ts'
import { postgresWorld, requireDatabase } from './fixtures-postgres.ts'

requireDatabase()
afterAll(closeDatabase)
afterEach(() => void vi.useRealTimers())

const HOUR = 3_600_000

/** Only what this process believes: timers go on. */
const believe = (offset: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offset })

describe.each([
  ['an hour slow', -HOUR],
  ['an hour fast', HOUR],
])('F20 a process whose clock is %s', (_, offset) => {
  const { store, pass } = postgresWorld()

  it('redeems a code that lives by the database’s clock, and no other', async () => {
    const { codeHash } = await approved(store)
    const late = await approved(store)
    believe(offset)
    expect(await store.findCode(codeHash)).toMatchObject({ expired: false })
    expect(await store.redeemCode(codeHash, randomUUID(), newFamily(), event('token.issued'))).toBe('redeemed')
    await pass(61)
    expect(await store.redeemCode(late.codeHash, randomUUID(), newFamily(), event('token.issued'))).toBe('expired')
  })

  it('makes one generation of one rotation, knows its grace, and says the database’s time', async () => {
    const { familyId, currentHash } = await redeemed(store)
    const before = await store.now()
    believe(offset)
    const rotated = await store.rotateRefreshToken(familyId, currentHash, successor(), event('refresh.rotated'))
    expect(rotated.outcome).toBe('rotated')
    expect(await store.findRefreshFamily(familyId)).toMatchObject({ generation: 2, previousValid: true, expired: false })
    expect(rotated.outcome === 'rotated' && Math.abs(rotated.readAt.getTime() - before.getTime())).toBeLessThan(60_000)
    expect((await store.rotateRefreshToken(familyId, currentHash, successor(), event('refresh.rotated'))).outcome).toBe('lost')
    await pass(61)
    expect(await store.findRefreshFamily(familyId)).toMatchObject({ previousValid: false })
  })
})
