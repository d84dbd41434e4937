import { invalid } from './context.ts'
import { cursorOf, placeOf } from './cursor.ts'

/** One order of a list. Ties are broken by the row's id, the same way. */
export type Order = {
  /** SQL of ours: a column, or an expression of columns. */
  readonly by: string
  readonly as: 'text' | 'time'
  readonly descending: boolean
  /** Rows without a value come last, whichever way. */
  readonly nullable?: true
}

/** Parts of a SELECT that reads the page after a cursor. */
export type Page = {
  /** A column to select: `pageOf` makes the next cursor of it. */
  readonly place: string
  readonly condition: string
  readonly orderBy: string
  /** Two, for the parameters that `condition` names. */
  readonly values: readonly [unknown, unknown]
  /** Tells apart the texts that one order leads to; for the statement's name. */
  readonly variant: 'first' | 'after' | 'after_null'
}

/** Microseconds since 1970 of the year 9999: what is beyond is no moment of ours. */
const LAST_MOMENT = 253_402_300_800_000_000

/**
 * `sort` names the order inside the cursor, so that a cursor of another order is refused. `id` is the column that breaks ties, `parameter`
 * the number of the first of the two parameters. Throws `invalid` for what is no cursor of this list in this order.
 */
export function keyset(order: Order, sort: string, id: string, cursor: string | undefined, parameter: number): Page {
  const { by, as, descending, nullable } = order
  const direction = descending ? 'DESC' : 'ASC'
  const parts = {
    // A Date would lose the microseconds that the database compares.
    place: as === 'time' ? `(extract(epoch FROM ${by}) * 1000000)::float8 AS place` : `${by} AS place`,
    orderBy: `${by} ${direction} NULLS ${descending && !nullable ? 'FIRST' : 'LAST'}, ${id} ${direction}`,
  }
  const [value, after] = [`$${parameter}`, `$${parameter + 1}`]
  if (cursor === undefined) {
    return { ...parts, variant: 'first', values: [null, null], condition: `(${value}::text IS NULL AND ${after}::text IS NULL)` }
  }
  const place = placeIn(cursor, sort, order)
  const beyond = descending ? '<' : '>'
  if (place.value === null) {
    const condition = `(${value}::text IS NULL AND ${by} IS NULL AND ${id} ${beyond} ${after}::text)`
    return { ...parts, variant: 'after_null', values: [null, place.id], condition }
  }
  const key = as === 'time' ? `timestamptz 'epoch' + ${value}::float8 * interval '1 microsecond'` : `${value}::text`
  const later = `(${by}, ${id}) ${beyond} (${key}, ${after}::text)`
  return { ...parts, variant: 'after', values: [place.value, place.id], condition: nullable ? `(${later} OR ${by} IS NULL)` : later }
}

function placeIn(cursor: string, sort: string, { as, nullable }: Order): { value: string | number | null; id: string } {
  const [sorted, value = null, id] = placeOf(cursor, 3)
  const isValue =
    value === null ? nullable === true : as === 'time' ? typeof value === 'number' && Math.abs(value) < LAST_MOMENT : isText(value)
  if (sorted !== sort || !isText(id) || !isValue) throw invalid({ cursor: 'This is not a cursor of this list in this order' })
  return { value, id }
}

/** PostgreSQL has no text with a zero in it. */
const isText = (value: unknown): value is string => typeof value === 'string' && !value.includes('\0')

type Placed = { readonly place: string | number | null }

/** Of one row more than `take`: the page, and the cursor of its last row if the list goes on. */
export function pageOf<Row extends Placed>(
  rows: readonly Row[],
  take: number,
  sort: string,
  idOf: (row: Row) => string,
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, take)
  const last = page.at(-1)
  return { page, nextCursor: rows.length > take && last ? cursorOf(sort, last.place, idOf(last)) : null }
}
