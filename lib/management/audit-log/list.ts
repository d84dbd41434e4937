import { read } from '#lib/db/transaction.ts'
import { parseEmailAddress } from '#lib/email-address.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type AuditEvent, eventColumns, eventsOf } from './event.ts'
import { type ListAuditEventsInput, listAuditEventsInput } from './inputs.ts'

/** How far one call looks back for rows that fit a filter: a log of any length answers in the same time. */
const ROWS_PER_LOOK = 20_000

/**
 * Newest first. With a filter a page may hold fewer events than `take`, even none, and still have a `nextCursor`:
 * the log goes on, `nextCursor` looks further back. Null: that was the beginning.
 */
export async function listAuditEvents(
  ctx: ManagementContext,
  input: ListAuditEventsInput = {},
): Promise<{ events: AuditEvent[]; nextCursor: string | null }> {
  requirePermission(ctx, 'audit:read')
  const { cursor, take, user, ...wanted } = parseInput(listAuditEventsInput, input)
  const filter = {
    ...(wanted.action === undefined ? {} : { action: wanted.action }),
    ...(wanted.step === undefined ? {} : { step: wanted.step }),
    ...(wanted.client === undefined ? {} : { clientId: wanted.client }),
    ...(wanted.grant === undefined ? {} : { grantId: wanted.grant }),
    ...(user === undefined ? {} : { userId: await userIdOf(ctx, user) }),
  }
  const isFiltered = Object.keys(filter).length > 0
  const horizon = isFiltered ? await horizonOf(ctx, cursor) : null

  const rows = await read((db) =>
    db.auditEvent.findMany({
      where: {
        projectId: ctx.project.id,
        id: { ...(cursor === undefined ? {} : { lt: cursor }), ...(horizon === null ? {} : { gte: horizon }) },
        ...filter,
      },
      select: eventColumns,
      orderBy: { id: 'desc' },
      take: take + 1,
    }),
  )
  const page = rows.slice(0, take)
  return { events: await eventsOf(ctx, page), nextCursor: rows.length > take ? (page.at(-1)?.id ?? null) : horizon }
}

/** The last row this look reaches; null when that is the beginning of the log. */
async function horizonOf(ctx: ManagementContext, cursor: string | undefined): Promise<string | null> {
  const row = await read((db) =>
    db.auditEvent.findFirst({
      where: { projectId: ctx.project.id, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
      select: { id: true },
      orderBy: { id: 'desc' },
      skip: ROWS_PER_LOOK,
    }),
  )
  return row?.id ?? null
}

/** An address nobody has stays as it is and finds nothing. */
async function userIdOf(ctx: ManagementContext, user: string): Promise<string> {
  const email = parseEmailAddress(user)
  if (email === null) return user
  const found = await read((db) => db.endUser.findFirst({ where: { projectId: ctx.project.id, email }, select: { id: true } }))
  return found?.id ?? user
}
