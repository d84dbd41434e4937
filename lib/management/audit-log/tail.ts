import { read } from '#lib/db/transaction.ts'
import { uuidBound, uuidMoment } from '#lib/db/uuid-bound.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type AuditEvent, eventColumns, eventsOf } from './event.ts'
import { conditionsOf } from './filter.ts'
import { type TailAuditEventsInput, tailAuditEventsInput } from './inputs.ts'
import { type Log, projectLog } from './log.ts'
import { horizonOf } from './look.ts'

/**
 * A transaction takes its id when it writes and shows its row when it commits, at most eight seconds later, and processes have clocks
 * of their own: a row may turn up before others that were seen already.
 */
const LATE_MS = 15_000
const ROWS_PER_TAIL = 100
const ROWS_PER_LOOK = 5_000

export type AuditTail = {
  /** Newest first; those of the last seconds before `after` again, so drop what you know. */
  readonly events: AuditEvent[]
  /** There were more than fit: list the log anew. */
  readonly isCut: boolean
  /** What to give as `after` the next time; null: nothing ever happened here. */
  readonly after: string | null
}

/** What was written since `after`. Asked again and again; holds no connection in between. Throws `forbidden`, `invalid`. */
export async function tailAuditEvents(ctx: ManagementContext, input: TailAuditEventsInput): Promise<AuditTail> {
  requirePermission(ctx, 'audit:read')
  const { after, ...wanted } = parseInput(tailAuditEventsInput, input)
  const log = projectLog(ctx)
  const newest = await newestIn(log)
  if (after === undefined || newest === null) return { events: [], isCut: false, after: newest }

  const range = { gte: uuidBound(new Date(uuidMoment(after).getTime() - LATE_MS)) }
  const [conditions, horizon] = await Promise.all([conditionsOf(log, wanted), horizonOf(log, range, ROWS_PER_LOOK)])
  const rows = await read((db) =>
    db.auditEvent.findMany({
      where: { projectId: log.id, id: { gte: horizon ?? range.gte }, AND: conditions },
      select: eventColumns,
      orderBy: { id: 'desc' },
      take: ROWS_PER_TAIL + 1,
    }),
  )
  return {
    events: await eventsOf(log, rows.slice(0, ROWS_PER_TAIL)),
    isCut: rows.length > ROWS_PER_TAIL || horizon !== null,
    after: newest,
  }
}

async function newestIn(log: Log): Promise<string | null> {
  const row = await read((db) => db.auditEvent.findFirst({ where: { projectId: log.id }, select: { id: true }, orderBy: { id: 'desc' } }))
  return row?.id ?? null
}
