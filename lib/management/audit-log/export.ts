import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ExportAuditEventsInput, exportAuditEventsInput } from './inputs.ts'
import { projectLog } from './log.ts'
import { type AuditPage, lookInto } from './look.ts'

/**
 * One page of an export, newest first; as `listAuditEvents`, but larger, and itself in the log: each page is a row, so that nobody
 * takes the log away unseen by beginning in its middle.
 */
export async function exportAuditEvents(ctx: ManagementContext, input: ExportAuditEventsInput = {}): Promise<AuditPage> {
  requirePermission(ctx, 'audit:read')
  const wanted = parseInput(exportAuditEventsInput, input)
  const page = await lookInto(projectLog(ctx), wanted)
  await inTransaction((tx) => recordAudit(tx, auditSource(ctx), { action: 'audit_log.exported', format: 'json', filters: namesOf(input) }))
  return page
}

/** What narrowed it, by name: a value may be somebody's address, and the log outlives accounts. */
export const namesOf = ({ cursor, take, format, ...filters }: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(filters).filter((name) => filters[name] !== undefined)
