import { insertAuditRow } from '#lib/db/audit-row.ts'
import type { Transaction } from '#lib/db/transaction.ts'
import { type Actor, fieldsOf, type ManagementEvent } from './events.ts'

export type AuditContext = {
  readonly projectId: string
  readonly actor: Actor
  /** Canonical address of whoever asked, IPv6 cut to /64. */
  readonly address?: string
}

/** Writes what happened in the transaction in which it happened: if the row fails, the change fails. The last statement of every verb. */
export async function recordAudit(tx: Transaction, { projectId, actor, address }: AuditContext, event: ManagementEvent): Promise<void> {
  await insertAuditRow(tx, projectId, fieldsOf(event, actor), address ?? null)
}
