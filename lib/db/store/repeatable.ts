import type { QueryResult, QueryResultRow } from 'pg'
import { statement } from '../transaction.ts'

/** One store, for one project, on behalf of one address. */
export type StoreContext = { readonly projectId: string; readonly address: string | null }

/**
 * Every statement of the store may run twice: each is decided by a key, a hash or a request id that the first run has
 * changed or left behind. So when the connection is lost before the answer came, asking again settles what happened.
 */
export const repeatable = <Row extends QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<QueryResult<Row>> =>
  statement<Row>(name, text, values, { repeatable: true })
