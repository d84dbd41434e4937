import { read } from '#lib/db/transaction.ts'
import { uuidBound } from '#lib/db/uuid-bound.ts'
import { type AuditEvent, type EventRow, eventColumns, eventsOf } from './event.ts'
import { conditionsOf, type Wanted } from './filter.ts'
import type { Log } from './log.ts'

/** How far one call looks back for rows that fit a filter: a log of any length answers in the same time. */
const ROWS_PER_LOOK = 20_000
/** Looked through first: what happens often fills its page from the newest rows, and to count the others costs more than all else. */
const NEWEST_ROWS = 2_500

/**
 * An id is made by the clock of a process, `at` by the database's, when the transaction began: they differ by less than this.
 * Ids bound what is looked at, `at` decides.
 */
const CLOCKS_DIFFER_MS = 5 * 60_000

export type Look = Wanted & { readonly cursor?: string | undefined; readonly take: number }
export type AuditPage = {
  readonly events: AuditEvent[]
  /** Looks further back; null: that was the beginning of the log, or of the time asked for. */
  readonly nextCursor: string | null
}

/**
 * Newest first. With a filter a page may hold fewer events than `take`, even none, and still have a `nextCursor`:
 * the log goes on. Not guarded: the caller has asked for the permission.
 */
export async function lookInto(log: Log, { cursor, take, ...wanted }: Look): Promise<AuditPage> {
  const conditions = await conditionsOf(log, wanted)
  const range = rangeOf(wanted, cursor)
  const rowsIn = (within: Range, most: number) =>
    read((db) =>
      db.auditEvent.findMany({
        where: { projectId: log.id, id: within, AND: conditions },
        select: eventColumns,
        orderBy: { id: 'desc' },
        take: most,
      }),
    )
  if (conditions.length === 0) return pageOf(log, take, await rowsIn(range, take + 1))
  const near = await horizonOf(log, range, NEWEST_ROWS)
  const newest = await rowsIn(downTo(near, range), take + 1)
  if (near === null || newest.length > take) return pageOf(log, take, newest)
  const older = { ...range, lt: near }
  const horizon = await horizonOf(log, older, ROWS_PER_LOOK - NEWEST_ROWS - 1) // `near` itself was the one between
  return pageOf(log, take, [...newest, ...(await rowsIn(downTo(horizon, older), take + 1 - newest.length))], horizon)
}

/** `horizon` null: as far as the range goes. */
const downTo = (horizon: string | null, range: Range): Range => (horizon === null ? range : { ...range, gte: horizon })

/** `rows`: one more than `take` where the log goes on; `horizon`: how far they were looked for. */
async function pageOf(log: Log, take: number, rows: readonly EventRow[], horizon: string | null = null): Promise<AuditPage> {
  const page = rows.slice(0, take)
  return { events: await eventsOf(log, page), nextCursor: rows.length > take ? (page.at(-1)?.id ?? null) : horizon }
}

export type Range = { readonly lt?: string; readonly gte?: string }

function rangeOf({ from, to }: Wanted, cursor: string | undefined): Range {
  const end = to && uuidBound(new Date(to.getTime() + CLOCKS_DIFFER_MS))
  const before = [cursor, end].filter((id) => id !== undefined).toSorted()[0]
  return {
    ...(before === undefined ? {} : { lt: before }),
    ...(from === undefined ? {} : { gte: uuidBound(new Date(from.getTime() - CLOCKS_DIFFER_MS)) }),
  }
}

/** The last row that a look at so many rows reaches; null when that is the beginning of the range. */
export async function horizonOf(log: Log, range: Range, rows: number): Promise<string | null> {
  const row = await read((db) =>
    db.auditEvent.findFirst({
      where: { projectId: log.id, id: range },
      select: { id: true },
      orderBy: { id: 'desc' },
      skip: rows,
    }),
  )
  return row?.id ?? null
}
