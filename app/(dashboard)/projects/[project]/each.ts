import { z } from 'zod'
import { ManagementError } from '#lib/management/context.ts'

/** Ids that a bulk action is sent; what they name is for its verb to find out. */
export const chosenIds = z.array(z.string().min(1).max(2048)).min(1).max(100)

/**
 * One verb for each of the chosen rows, one after the other. Rows that somebody else was quicker with are passed over; when none was left
 * the last refusal stands. Answers null when it was done for all, or else a sentence.
 */
export async function forEach(ids: readonly string[], verb: (id: string) => Promise<unknown>): Promise<string | null> {
  let done = 0
  let refusal: ManagementError | null = null
  for (const id of ids) {
    try {
      await verb(id)
      done++
    } catch (error) {
      if (!(error instanceof ManagementError) || !['conflict', 'not_found'].includes(error.code)) throw error
      refusal = error
    }
  }
  if (done === 0 && refusal) throw refusal
  return refusal ? `Done for ${done} of ${ids.length}: somebody else was quicker with the others` : null
}
