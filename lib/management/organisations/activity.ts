import { read } from '#lib/db/transaction.ts'
import { invalid, type OrganisationContext, requirePermission } from '../context.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { uuid } from '../fields.ts'
import { apiKeyNamesOf, memberNamesOf } from '../names.ts'
import { parseInput } from '../parse.ts'
import { type ListActivityInput, listActivityInput } from './inputs.ts'

/** What happened to the organisation itself: its people, invitations and API keys. Each project has a log of its own. */
export type OrganisationEvent = {
  readonly id: string
  readonly at: Date
  readonly action: string
  readonly actorKind: string
  readonly actorId: string | null
  readonly actorName: string | null
  readonly detail: Readonly<Record<string, unknown>> | null
  readonly address: string | null
}

const columns = { id: true, at: true, action: true, actorKind: true, actorId: true, detail: true, address: true } as const

/** Newest first. Throws `forbidden`, `invalid`. */
export async function listActivity(
  ctx: OrganisationContext,
  input: ListActivityInput = {},
): Promise<{ events: OrganisationEvent[]; nextCursor: string | null }> {
  requirePermission(ctx, 'audit:read')
  const { action, memberId, cursor, take } = parseInput(listActivityInput, input)
  const rows = await read((db) =>
    db.auditEvent.findMany({
      where: {
        projectId: ctx.organisation.id,
        ...(cursor === undefined ? {} : { id: { lt: idIn(cursor) } }),
        ...(action === undefined ? {} : { action }),
        ...(memberId === undefined ? {} : { actorKind: 'member', actorId: memberId }),
      },
      select: columns,
      orderBy: { id: 'desc' },
      take: take + 1,
    }),
  )
  const page = rows.slice(0, take)
  const actors = (kind: string) => page.map((row) => (row.actorKind === kind ? row.actorId : null))
  const [members, keys] = await Promise.all([memberNamesOf(actors('member')), apiKeyNamesOf(ctx.organisation.id, actors('api-key'))])
  const events = page.map((row) => ({
    ...row,
    actorName: members.get(row.actorId ?? '') ?? keys.get(row.actorId ?? '') ?? null,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as Record<string, unknown>),
  }))
  const last = page.at(-1)
  return { events, nextCursor: rows.length > take && last ? cursorOf(last.id) : null }
}

function idIn(cursor: string): string {
  const parsed = uuid.safeParse(placeOf(cursor, 1)[0])
  if (!parsed.success) throw invalid({ cursor: 'This is not a cursor of this list' })
  return parsed.data
}
