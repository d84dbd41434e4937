import type { ManagementContext } from '../context.ts'
import { clientNamesOf, memberNamesOf, userEmailsOf } from '../names.ts'

export type AuditEvent = {
  readonly id: string
  readonly at: Date
  /** `<noun>.<past participle>` */
  readonly action: string
  readonly step: string
  readonly actorKind: string
  readonly actorId: string | null
  readonly actorName: string | null
  readonly clientId: string | null
  readonly clientName: string | null
  readonly userId: string | null
  readonly userEmail: string | null
  readonly grantId: string | null
  readonly requestId: string | null
  readonly reason: string | null
  readonly detail: Readonly<Record<string, unknown>> | null
  readonly address: string | null
}

export const eventColumns = {
  id: true,
  at: true,
  action: true,
  step: true,
  actorKind: true,
  actorId: true,
  clientId: true,
  userId: true,
  grantId: true,
  requestId: true,
  reason: true,
  detail: true,
  address: true,
} as const satisfies Record<keyof EventRow, true>

type EventRow = Omit<AuditEvent, 'actorName' | 'clientName' | 'userEmail' | 'detail'> & { readonly detail: string | null }

/** Rows of this project, with the names of today for the ids they hold. */
export async function eventsOf(ctx: ManagementContext, rows: readonly EventRow[]): Promise<AuditEvent[]> {
  const actors = (kind: string) => rows.map((row) => (row.actorKind === kind ? row.actorId : null))
  const [clients, users, members] = await Promise.all([
    clientNamesOf(ctx, [...rows.map((row) => row.clientId), ...actors('client')]),
    userEmailsOf(ctx, [...rows.map((row) => row.userId), ...actors('user')]),
    memberNamesOf(actors('member')),
  ])
  const namesOf: Readonly<Record<string, ReadonlyMap<string, string>>> = { member: members, user: users, client: clients }

  return rows.map((row) => ({
    ...row,
    actorName: namesOf[row.actorKind]?.get(row.actorId ?? '') ?? null,
    clientName: clients.get(row.clientId ?? '') ?? null,
    userEmail: users.get(row.userId ?? '') ?? null,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as Record<string, unknown>),
  }))
}
