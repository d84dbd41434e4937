import type { QueryResultRow } from 'pg'
import { statement } from './transaction.ts'

/** How many rows one statement takes or looks at: a short one, so that nobody waits for it. */
export const BATCH = 1_000
/** How many batches of one table go in one run; what is left waits for the next, so that no project keeps the others waiting. */
export const MAX_BATCHES = 50

const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Every row that `text` finds, by its UUID `id`, a statement for each batch. `text`: up to `BATCH` ids greater than `$1::uuid`, in their
 * order; `values` are its `$2` and so on. `name` as for `statement`. Throws `Unavailable`.
 */
export async function* rowsById<Row extends QueryResultRow & { readonly id: string }>(
  name: string,
  text: string,
  values: readonly unknown[] = [],
): AsyncGenerator<Row> {
  let after = FIRST
  for (;;) {
    const { rows } = await statement<Row>(name, text, [after, ...values])
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.id
  }
}

/** Runs `deleteBatch`, which answers how many rows it deleted, until one is not full, `MAX_BATCHES` times at most. Answers how many went. */
export async function deleteInBatches(deleteBatch: () => Promise<number>): Promise<number> {
  let deleted = 0
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const count = await deleteBatch()
    deleted += count
    if (count < BATCH) break
  }
  return deleted
}
