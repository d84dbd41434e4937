import { Unavailable } from '#lib/db/transaction.ts'
import { ManagementError } from './context.ts'
import { recordRefusal } from './denials.ts'
import { REFUSAL_STATUS } from './refusal-status.ts'

/**
 * Runs a route handler of the dashboard. What a verb refuses is answered as `message` under its status, and recorded; a database that
 * does not answer is 503 with Retry-After, so that whoever asks does so again. Anything else is thrown on: a redirect too.
 */
export async function answered(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    await recordRefusal(error)
    if (error instanceof ManagementError) return refused(REFUSAL_STATUS[error.code], error.message, error.retryAfterSeconds)
    if (error instanceof Unavailable)
      return refused(503, 'The database does not answer now. Try again in a moment.', error.retryAfterSeconds)
    throw error
  }
}

function refused(status: number, message: string, retryAfterSeconds: number | null): Response {
  const headers = { 'cache-control': 'no-store', ...(retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }) }
  return Response.json({ message }, { status, headers })
}
