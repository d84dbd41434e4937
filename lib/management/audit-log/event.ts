import { namesIn } from './actors.ts'
import type { Log } from './log.ts'
import { type Outcome, outcomeOf } from './outcome.ts'

export type AuditEvent = {
  readonly id: string
  readonly at: Date
  /** `<noun>.<past participle>` */
  readonly action: string
  readonly step: string
  readonly outcome: Outcome
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

export type EventRow = Omit<AuditEvent, 'outcome' | 'actorName' | 'clientName' | 'userEmail' | 'detail'> & {
  readonly detail: string | null
}

/** Rows of this log, with the names of today for the ids they hold. */
export async function eventsOf(log: Log, rows: readonly EventRow[]): Promise<AuditEvent[]> {
  if (rows.length === 0) return []
  const names = await namesIn(log, rows)
  return rows.map((row) => ({
    ...row,
    outcome: outcomeOf(row),
    actorName: names[row.actorKind]?.get(row.actorId ?? '') ?? null,
    clientName: names.client?.get(row.clientId ?? '') ?? null,
    userEmail: names.user?.get(row.userId ?? '') ?? null,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as Record<string, unknown>),
  }))
}
