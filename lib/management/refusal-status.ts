import type { ManagementErrorCode } from './context.ts'

/** HTTP's number for what a verb refused. */
export const REFUSAL_STATUS: Readonly<Record<ManagementErrorCode, number>> = {
  invalid: 400,
  forbidden: 403,
  reauthenticate: 403,
  not_found: 404,
  conflict: 409,
  too_many_requests: 429,
}
