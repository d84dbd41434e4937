import { read } from '#lib/db/transaction.ts'
import { invalid, type OrganisationContext, requirePermission } from '../context.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { uuid } from '../fields.ts'
import { memberNamesOf } from '../names.ts'
import { parseInput } from '../parse.ts'
import { type ListInvitationsInput, listInvitationsInput } from './inputs.ts'

export type InvitationStatus = 'open' | 'expired' | 'accepted' | 'revoked'

export type ListedInvitation = {
  readonly id: string
  readonly email: string
  readonly role: string
  readonly status: InvitationStatus
  /** Null for a program and for somebody whose account is gone. */
  readonly invitedBy: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Newest first. Throws `forbidden`, `invalid`. */
export async function listInvitations(
  ctx: OrganisationContext,
  input: ListInvitationsInput = {},
): Promise<{ invitations: ListedInvitation[]; nextCursor: string | null }> {
  requirePermission(ctx, 'member:read')
  const { status, cursor, take } = parseInput(listInvitationsInput, input)
  const [rows, [clock]] = await Promise.all([
    read((db) =>
      db.invitation.findMany({
        where: {
          organisationId: ctx.organisation.id,
          ...(cursor === undefined ? {} : { id: { lt: idIn(cursor) } }),
          ...(status === 'pending' ? { acceptedAt: null, revokedAt: null } : {}),
        },
        orderBy: { id: 'desc' },
        take: take + 1,
      }),
    ),
    read((db) => db.$queryRaw<{ now: Date }[]>`SELECT now() AS now`),
  ])
  const page = rows.slice(0, take)
  const names = await memberNamesOf(page.map((row) => row.invitedBy))
  const now = clock?.now ?? new Date(0)
  const invitations = page.map((row) => ({
    ...{ id: row.id, email: row.email, role: row.role, createdAt: row.createdAt, expiresAt: row.expiresAt },
    status: statusOf(row, now),
    invitedBy: names.get(row.invitedBy) ?? null,
  }))
  const last = page.at(-1)
  return { invitations, nextCursor: rows.length > take && last ? cursorOf(last.id) : null }
}

type Dated = { readonly acceptedAt: Date | null; readonly revokedAt: Date | null; readonly expiresAt: Date }

function statusOf({ acceptedAt, revokedAt, expiresAt }: Dated, now: Date): InvitationStatus {
  if (acceptedAt) return 'accepted'
  if (revokedAt) return 'revoked'
  return expiresAt > now ? 'open' : 'expired'
}

function idIn(cursor: string): string {
  const parsed = uuid.safeParse(placeOf(cursor, 1)[0])
  if (!parsed.success) throw invalid({ cursor: 'This is not a cursor of this list' })
  return parsed.data
}
