import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ListAuditEventsInput, listAuditEventsInput } from './inputs.ts'
import { projectLog } from './log.ts'
import { type AuditPage, lookInto } from './look.ts'

/**
 * Newest first. With a filter a page may hold fewer events than `take`, even none, and still have a `nextCursor`:
 * the log goes on, `nextCursor` looks further back. Null: that was the beginning.
 */
export async function listAuditEvents(ctx: ManagementContext, input: ListAuditEventsInput = {}): Promise<AuditPage> {
  requirePermission(ctx, 'audit:read')
  return lookInto(projectLog(ctx), parseInput(listAuditEventsInput, input))
}
