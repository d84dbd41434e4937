import { stringify } from 'csv-stringify/sync'
import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import type { AuditEvent } from './event.ts'
import { namesOf } from './export.ts'
import { MAX_EXPORT_PAGE, MAX_EXPORTED_EVENTS, type WriteAuditLogInput, writeAuditLogInput } from './inputs.ts'
import { type Log, projectLog } from './log.ts'
import { type Look, lookInto } from './look.ts'

const COLUMNS = [
  ...(['id', 'at', 'action', 'step', 'outcome', 'reason', 'actorKind', 'actorId', 'actorName', 'clientId', 'clientName'] as const),
  ...(['userId', 'userEmail', 'grantId', 'requestId', 'address', 'detail'] as const),
] satisfies readonly (keyof AuditEvent)[]

/**
 * The filtered log as a file, newest first, at most `MAX_EXPORTED_EVENTS` events: pieces of text, each made of one short query when it
 * is asked for, so that no connection waits for a slow reader. One row of the log says that it was taken. Throws `forbidden`, `invalid`.
 */
export async function writeAuditLog(ctx: ManagementContext, input: WriteAuditLogInput): Promise<AsyncGenerator<string, void, void>> {
  requirePermission(ctx, 'audit:read')
  const { format, ...wanted } = parseInput(writeAuditLogInput, input)
  const source = auditSource(ctx)
  await inTransaction((tx) => recordAudit(tx, source, { action: 'audit_log.exported', format, filters: namesOf(input) }))
  return piecesOf(projectLog(ctx), wanted, format)
}

async function* piecesOf(log: Log, wanted: Omit<Look, 'take'>, format: 'csv' | 'jsonl'): AsyncGenerator<string, void, void> {
  if (format === 'csv') yield stringify([COLUMNS])
  let cursor: string | undefined
  let left = MAX_EXPORTED_EVENTS
  do {
    const page = await lookInto(log, { ...wanted, cursor, take: Math.min(MAX_EXPORT_PAGE, left) })
    if (page.events.length > 0) yield format === 'csv' ? asCsv(page.events) : asLines(page.events)
    left -= page.events.length
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && left > 0)
}

const asLines = (events: readonly AuditEvent[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('')

/** A cell that a spreadsheet would take for a formula begins with an apostrophe: names of clients are strangers' words. */
const asCsv = (events: readonly AuditEvent[]): string => stringify(events.map(row), { escape_formulas: true })

const row = (event: AuditEvent): string[] =>
  COLUMNS.map((column) => {
    const value = event[column]
    if (value === null) return ''
    if (value instanceof Date) return value.toISOString()
    return typeof value === 'string' ? value : JSON.stringify(value)
  })
