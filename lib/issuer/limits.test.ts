import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { LimitBucket } from '#lib/oauth/context.ts'
import { OAuthError } from '#lib/oauth/errors.ts'

process.env.BASE_URL ??= 'http://localhost:3000'
process.env.DATABASE_URL ||= 'postgres://localhost/none' // never connected to
for (const name of ['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER']) process.env[name] ||= `${name} of a test`.padEnd(48, '.')
const { takeFrom } = await import('./limits.ts')

/** The refusal that ends a flood, and after how many. */
async function flood(bucket: LimitBucket, key: string): Promise<{ taken: number; refusal: OAuthError }> {
  for (let taken = 0; ; taken++) {
    try {
      await takeFrom(bucket, key)
    } catch (error) {
      if (error instanceof OAuthError) return { taken, refusal: error }
      throw error
    }
  }
}

it.each<[string, LimitBucket, number]>([
  ['V15 a resource server that introspects a thousand times a second', 'introspect', 60_000],
  ['B11 a stranger who guesses client secrets', 'client_auth_failed', 20],
  ['Z02 an address that registers clients', 'register', 60],
  ['Z07 an address that opens authorization requests', 'authorize', 120],
])('%s is told 429 and when to come back, and nobody else is', async (_, bucket, allowed) => {
  const key = randomUUID()
  const { taken, refusal } = await flood(bucket, key)
  expect([taken, refusal.status, refusal.code]).toEqual([allowed, 429, 'temporarily_unavailable'])
  expect(Number(refusal.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  expect(refusal.reason).toMatchObject({ kind: 'too_many_requests', bucket, first: true })
  expect((await flood(bucket, key)).refusal.reason).toMatchObject({ first: false }) // so that the log has one row and not a flood
  await takeFrom(bucket, randomUUID())
})
