import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { tooManyRequests } from '../context.ts'

const QUARTER_HOUR_SECONDS = 900
/** The longest a timer of this limiter can run is 24 days. */
const FORTNIGHT_SECONDS = 14 * 86_400

/** One guess on each of many accounts. */
const perAddress = new RateLimiterMemory({ keyPrefix: 'address', points: 60, duration: QUARTER_HOUR_SECONDS })
/** Many guesses on one account from one place. */
const perAccountAndAddress = new RateLimiterMemory({ keyPrefix: 'pair', points: 10, duration: QUARTER_HOUR_SECONDS })
/** Many guesses on one account from many places. */
const perAccount = new RateLimiterMemory({ keyPrefix: 'account', points: 50, duration: QUARTER_HOUR_SECONDS })
/** Where the member signed in before: strangers who use up the account's guesses do not lock its owner out. */
const familiar = new RateLimiterMemory({ keyPrefix: 'familiar', points: 1, duration: FORTNIGHT_SECONDS })

const perSignUpAddress = new RateLimiterMemory({ keyPrefix: 'sign-up', points: 30, duration: 3600 })

/** Counts one try to sign in. Throws `too_many_requests`, for known and unknown accounts alike. */
export async function countSignIn(email: string, address: string | undefined): Promise<void> {
  const account = sha256Hex(email)
  if (address !== undefined) await takeOne(perAddress, address)
  await takeOne(perAccountAndAddress, `${account} ${address ?? ''}`)
  if (address === undefined || (await familiar.get(`${account} ${address}`)) === null) await takeOne(perAccount, account)
}

/** A right password was no guess: it ends the count for this place and takes its own try back from the others. */
export async function forgetSignIn(email: string, address: string | undefined): Promise<void> {
  const account = sha256Hex(email)
  await perAccountAndAddress.delete(`${account} ${address ?? ''}`)
  if (address === undefined) {
    await perAccount.reward(account)
    return
  }
  const pair = `${account} ${address}`
  if ((await familiar.get(pair)) === null) await perAccount.reward(account)
  await perAddress.reward(address)
  await familiar.set(pair, 1, FORTNIGHT_SECONDS)
}

/** Throws `too_many_requests`. */
export async function countSignUp(address: string | undefined): Promise<void> {
  if (address !== undefined) await takeOne(perSignUpAddress, address)
}

/** Throws `too_many_requests` when none is left. */
export async function takeOne(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw tooManyRequests(Math.ceil(refusal.msBeforeNext / 1000))
  }
}
