import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type AuditEvent, eventColumns, eventsOf } from './event.ts'
import { type GetAuditEventInput, getAuditEventInput } from './inputs.ts'

/** One event by its id. Throws `forbidden`, `not_found`. */
export async function getAuditEvent(ctx: ManagementContext, input: GetAuditEventInput): Promise<AuditEvent> {
  requirePermission(ctx, 'audit:read')
  const { id } = parseInput(getAuditEventInput, input)
  const row = await read((db) => db.auditEvent.findFirst({ where: { projectId: ctx.project.id, id }, select: eventColumns }))
  const [event] = await eventsOf(ctx, row ? [row] : [])
  if (!event) throw notFound('Event')
  return event
}
