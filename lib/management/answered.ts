import { Unavailable } from '#lib/db/transaction.ts'
import { ManagementError } from './context.ts'
import { recordRefusal } from './denials.ts'
import { REFUSAL_STATUS } from './refusal-status.ts'

/** What is told instead of what was asked for. `retryAfterSeconds` null: to ask again changes nothing. */
export type Refused = { readonly status: number; readonly message: string; readonly retryAfterSeconds: number | null }

/**
 * Runs a route handler of the dashboard. What a verb refuses is told under its status, and recorded; a database that does not answer is
 * 503 with Retry-After, so that whoever asks does so again. Anything else is thrown on: a redirect too.
 */
export async function answered(work: () => Promise<Response>, tell: (refused: Refused) => Response = inJson): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    await recordRefusal(error)
    if (!(error instanceof ManagementError || error instanceof Unavailable)) throw error
    const { retryAfterSeconds } = error
    return error instanceof ManagementError
      ? tell({ status: REFUSAL_STATUS[error.code], message: error.message, retryAfterSeconds })
      : tell({ status: 503, message: 'The database does not answer now. Try again in a moment.', retryAfterSeconds })
  }
}

/** `message` alone, for scripts. */
export function inJson({ status, message, retryAfterSeconds }: Refused): Response {
  const headers = { 'cache-control': 'no-store', ...(retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }) }
  return Response.json({ message }, { status, headers })
}
