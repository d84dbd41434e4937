import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { env } from '#lib/env.ts'
import type { LimitBucket } from '#lib/oauth/context.ts'
import { tooManyRequests } from '#lib/oauth/errors.ts'

/**
 * How often a thing may be done, by bucket: points in seconds. Kept in each process's memory, so n processes allow n times as much
 * and a restart forgets: enough against floods, which is all they are for. Figures leave room for vendors whose users share
 * one address (Claude registers on every fresh connection).
 */
const FIGURES: Record<LimitBucket, { points: number; duration: number }> = {
  register: { points: 60, duration: 60 },
  register_project: { points: 600, duration: 60 },
  registration_change: { points: 30, duration: 600 },
  authorize: { points: 120, duration: 60 },
  authorize_project: { points: 3_000, duration: 60 },
  push: { points: 600, duration: 60 },
  push_project: { points: 3_000, duration: 60 },
  client_auth_failed: { points: 20, duration: 60 },
  introspect: { points: 60_000, duration: 60 },
  exchange: { points: 6_000, duration: 60 },
  sign_in: { points: 300, duration: 300 },
  sign_in_account: { points: 30, duration: 300 },
  mail: { points: 200, duration: 600 },
  mail_account: { points: 6, duration: 600 },
  // From all addresses together: each mailed code may be tried five times, so that a million codes outlast those who guess.
  mail_recipient: { points: 20, duration: 3_600 },
  // A project's, from all addresses together: a reviewer's code counts for months.
  reviewer: { points: 50, duration: 3_600 },
  // Rows that a broken provider may leave; whoever tries to sign in makes one.
  upstream_fault: { points: 20, duration: 3_600 },
  // Every user code that is tried counts, right or wrong. Of 1,000 that wait, so many tries find one in more than a year.
  device_code: { points: 10, duration: 300 },
  device_code_project: { points: 200, duration: 300 },
}

const limiters = new Map(Object.entries(FIGURES).map(([bucket, figure]) => [bucket, new RateLimiterMemory(figure)]))

/** Takes one from the bucket. Throws 429 with Retry-After when it is empty. */
export async function takeFrom(bucket: LimitBucket, key: string): Promise<void> {
  if (env().GATEHOUSE_LIMITS === 'off') return
  try {
    await limiters.get(bucket)?.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw tooManyRequests(
      bucket,
      Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
      refusal.consumedPoints === FIGURES[bucket].points + 1,
    )
  }
}
