import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase } from './client.ts'
import { approved, event, redeemed, successor } from './fixtures.ts'
import { postgresWorld, requireDatabase } from './fixtures-postgres.ts'
import type { Race } from './fixtures-racer.ts'

requireDatabase()
const { projectId, store, actions } = postgresWorld()
const ROUNDS = 60
/** In each of the two processes. */
const RACERS = 10
let processes: ChildProcess[] = []

beforeAll(async () => {
  processes = await Promise.all([start(), start()])
})
afterAll(async () => {
  await Promise.all(processes.map(stop))
  await closeDatabase()
})

async function start(): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('fixtures-racer.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })
  await once(child, 'message')
  return child
}

async function stop(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.send('end')
  await exit
}

type Told = Race extends infer R ? (R extends Race ? Omit<R, 'projectId' | 'at' | 'racers'> : never) : never

/** Each process does its part at the same moment; every outcome of both. */
async function raceOf(...parts: readonly [Told, Told]): Promise<(string | null)[]> {
  const at = Date.now() + 8
  const outcomes = await Promise.all(
    processes.map(async (child, i) => {
      const answer = once(child, 'message')
      child.send({ ...parts[i], projectId, at, racers: RACERS })
      const [said] = await answer
      if (!Array.isArray(said)) throw new Error(`a racer failed: ${JSON.stringify(said)}`)
      return said as (string | null)[]
    }),
  )
  return outcomes.flat()
}
const countOf = async (action: string) => (await actions()).filter((each) => each === action).length

describe('two processes on one database', () => {
  it('C05: redeem a code once, however many ask at the same moment', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { codeHash } = await approved(store)
      const part = { kind: 'redeem', codeHash } as const
      const outcomes = await raceOf(part, part)
      expect(outcomes.toSorted()).toEqual([...Array(2 * RACERS - 1).fill('raced'), 'redeemed'])
    }
    expect(await countOf('token.issued')).toBe(ROUNDS)
  })

  it('F05: give everybody who refreshes at the same moment the same successor, one generation on', async () => {
    const { familyId, currentHash } = await redeemed(store)
    let presentedHash = currentHash
    for (let round = 0; round < ROUNDS; round++) {
      const part = { kind: 'refresh', familyId, presentedHash } as const
      const successors = new Set(await raceOf(part, part))
      expect(successors.size).toBe(1)
      presentedHash = [...successors][0] ?? 'refused'
      expect(await store.findRefreshFamily(familyId)).toMatchObject({ generation: round + 2, currentHash: presentedHash, revoked: false })
    }
    expect(await countOf('refresh.rotated')).toBe(ROUNDS)
  })

  it('F13: leave nothing of a family alive that one refreshes while the other revokes it', async () => {
    const before = await countOf('grant.revoked')
    for (let round = 0; round < ROUNDS; round++) {
      const { familyId, grantId, currentHash, clientId, userId } = await redeemed(store)
      const issuedAt = new Date()
      await raceOf({ kind: 'refresh', familyId, presentedHash: currentHash }, { kind: 'revoke', grantId })
      const family = await store.findRefreshFamily(familyId)
      expect(family?.revoked).toBe(true)
      expect(family?.generation).toBeLessThanOrEqual(2)
      const again = await store.rotateRefreshToken(familyId, family?.currentHash ?? '', successor(), event('refresh.rotated'))
      expect(again).toEqual({ outcome: 'lost' })
      const token = { jti: 'any', grantId, clientId, userId, issuedAt, expiresAt: new Date(Date.now() + 60_000) }
      expect(await store.tokenLives(token)).toBe(false)
    }
    expect(await countOf('grant.revoked')).toBe(before + ROUNDS)
  })

  it('F08: know a token of an older generation after both have been started anew', async () => {
    const { familyId, currentHash } = await redeemed(store)
    const generations = [currentHash]
    for (let i = 0; i < 3; i++) {
      const part = { kind: 'refresh', familyId, presentedHash: generations.at(-1) ?? '' } as const
      generations.push((await raceOf(part, part))[0] ?? '')
    }
    await Promise.all(processes.map(stop))
    processes = await Promise.all([start(), start()])

    const part = { kind: 'refresh', familyId, presentedHash: currentHash } as const
    expect(new Set(await raceOf(part, part))).toEqual(new Set([null]))
    const family = await store.findRefreshFamily(familyId)
    expect(family).toMatchObject({ generation: 4, currentHash: generations[3], previousHash: generations[2], revoked: false })
  })
})
