import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type AuditEvent, eventColumns, eventsOf } from './event.ts'
import { type GetAuditEventInput, getAuditEventInput } from './inputs.ts'
import { type Log, projectLog } from './log.ts'

/** One event by its id. Throws `forbidden`, `not_found`. */
export async function getAuditEvent(ctx: ManagementContext, input: GetAuditEventInput): Promise<AuditEvent> {
  requirePermission(ctx, 'audit:read')
  return eventIn(projectLog(ctx), parseInput(getAuditEventInput, input).id)
}

/** Not guarded: the caller has asked for the permission. Throws `not_found`. */
export async function eventIn(log: Log, id: string): Promise<AuditEvent> {
  const row = await read((db) => db.auditEvent.findFirst({ where: { projectId: log.id, id }, select: eventColumns }))
  const [event] = await eventsOf(log, row ? [row] : [])
  if (!event) throw notFound('Event')
  return event
}
