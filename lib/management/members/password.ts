import { hashPassword, TooBusy, verifyPassword } from '#lib/password.ts'
import { tooManyRequests } from '../context.ts'

const RETRY_AFTER_SECONDS = 2

/** Throws `too_many_requests` when too many passwords wait. */
export const hashNewPassword = (password: string): Promise<string> => hashPassword(password).catch(refuseWhenBusy)

/** Throws `too_many_requests` when too many passwords wait. */
export const isPassword = (passwordHash: string | null, password: string): Promise<boolean> =>
  verifyPassword(passwordHash, password).catch(refuseWhenBusy)

function refuseWhenBusy(error: unknown): never {
  throw error instanceof TooBusy ? tooManyRequests(RETRY_AFTER_SECONDS) : error
}
