import { Unavailable } from '#lib/db/transaction.ts'
import { placeOf } from '#lib/error-place.ts'
import { ManagementError } from '../context.ts'
import { REFUSAL_STATUS } from '../refusal-status.ts'

/** What HTTP itself refuses, before any verb is asked. */
export class HttpRefusal extends Error {
  readonly status: 401 | 403 | 404 | 405 | 413 | 415
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: HttpRefusal['status'], code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'HttpRefusal'
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** `error` of every body that is no success. `reference` finds the request in the server's log, where there is anything to find. */
export type ErrorBody = {
  readonly code: string
  readonly message: string
  /** One sentence per input field, by its path; only with `invalid`. */
  readonly fields?: Readonly<Record<string, string>>
  readonly reference: string
}

export type Refusal = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly error: ErrorBody }

/** Every error as its answer. What nobody foresaw is logged by its place, never by its message, and is told as no more than a reference. */
export function refusalOf(error: unknown, reference: string): Refusal {
  if (error instanceof HttpRefusal) {
    const { status, headers, code, message } = error
    return { status, headers, error: { code, message, reference } }
  }
  if (error instanceof ManagementError) return refusedByVerb(error, reference)
  if (error instanceof Unavailable) {
    const message = error.outcomeUnknown
      ? 'The connection to the database broke: the change may have been made. Look before you repeat it'
      : 'Nothing can be answered now, and nothing was changed: try again later'
    const headers = { 'retry-after': String(error.retryAfterSeconds) }
    return { status: 503, headers, error: { code: 'unavailable', message, reference } }
  }
  console.error(`management API ${reference} failed: ${placeOf(error)}`)
  return {
    status: 500,
    headers: {},
    error: { code: 'internal', message: 'This could not be finished; the cause is in the log', reference },
  }
}

function refusedByVerb({ code, message, fields, retryAfterSeconds }: ManagementError, reference: string): Refusal {
  const named = Object.keys(fields).length > 0
  return {
    status: REFUSAL_STATUS[code],
    headers: retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) },
    error: { code, message, ...(named ? { fields } : {}), reference },
  }
}
