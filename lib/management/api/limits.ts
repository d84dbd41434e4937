import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { env } from '#lib/env.ts'
import { tooManyRequests } from '../context.ts'

const POINTS = 600
const SECONDS = 60

/** In each process's memory: enough against a script that has run away, which is all they are for. */
const perKey = new RateLimiterMemory({ keyPrefix: 'api-key', points: POINTS, duration: SECONDS })
const failedPerAddress = new RateLimiterMemory({ keyPrefix: 'api-key-failed', points: 60, duration: 60 })

/** Counts one request of a key. Gives the `RateLimit` fields of its answer (draft-ietf-httpapi-ratelimit-headers §3, §4); throws `too_many_requests`. */
export async function countRequest(keyId: string): Promise<Record<string, string>> {
  if (env().GATEHOUSE_LIMITS === 'off') return {}
  const { remainingPoints, msBeforeNext } = await taken(perKey, keyId)
  return {
    'ratelimit-policy': `"key";q=${POINTS};w=${SECONDS}`,
    ratelimit: `"key";r=${remainingPoints};t=${Math.ceil(msBeforeNext / 1000)}`,
  }
}

/** Counts one request with no key that counts. Throws `too_many_requests`. */
export async function countFailure(address: string | undefined): Promise<void> {
  if (env().GATEHOUSE_LIMITS === 'off' || address === undefined) return
  await taken(failedPerAddress, address)
}

async function taken(limiter: RateLimiterMemory, key: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw tooManyRequests(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
  }
}
