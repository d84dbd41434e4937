import { RateLimiterMemory } from 'rate-limiter-flexible'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { takeOne } from '../members/throttle.ts'

/**
 * Six digits with three that count at a time: whoever knows the password guesses one in about sixteen thousand days. Only they can use
 * these up, so no stranger locks a member out.
 */
const codesPerQuarterHour = new RateLimiterMemory({ keyPrefix: 'second-factor', points: 5, duration: 900 })
const codesPerDay = new RateLimiterMemory({ keyPrefix: 'second-factor-day', points: 20, duration: 86_400 })

/** Mail to one account, and mail that one place asks for. */
const mailPerAccount = new RateLimiterMemory({ keyPrefix: 'mail', points: 4, duration: 3_600 })
const mailPerAddress = new RateLimiterMemory({ keyPrefix: 'mail-address', points: 30, duration: 3_600 })

/** What a browser must sign costs us a row. */
const challengesPerAddress = new RateLimiterMemory({ keyPrefix: 'challenge', points: 60, duration: 900 })

/** Counts one try at a second factor. Throws `too_many_requests`. */
export async function countSecondFactor(memberId: string): Promise<void> {
  await takeOne(codesPerDay, memberId)
  await takeOne(codesPerQuarterHour, memberId)
}

/** A right code was no guess. */
export async function forgetSecondFactor(memberId: string): Promise<void> {
  await codesPerQuarterHour.delete(memberId)
  await codesPerDay.reward(memberId)
}

/** Throws `too_many_requests`, for known and unknown addresses alike. */
export async function countMail(email: string, address: string | undefined): Promise<void> {
  if (address !== undefined) await takeOne(mailPerAddress, address)
  await takeOne(mailPerAccount, sha256Hex(email))
}

/** Throws `too_many_requests`. */
export async function countChallenge(address: string | undefined): Promise<void> {
  if (address !== undefined) await takeOne(challengesPerAddress, address)
}
