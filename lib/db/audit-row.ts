import type { EventFields } from '#lib/oauth/events.ts'
import type { Transaction } from './client.ts'
import { uuidv7 } from './uuid.ts'

/** What a row of the audit log says, whoever wrote it. */
export type AuditFields = EventFields & { readonly action: string }

const COLUMNS = 'project_id, id, action, step, actor_kind, actor_id, client_id, user_id, grant_id, request_id, reason, detail, address'
/** Without the project, as its values come. */
const NAMES: readonly (string | undefined)[] = COLUMNS.split(', ').slice(1)
const TYPES = ['uuid', 'text', 'text', 'text', 'text', 'text', 'text', 'uuid', 'text', 'text', 'text', 'text']

/**
 * The one insert of the audit log, as the last part of a statement: one row for each row of `source`, a common table
 * expression that holds what was changed, so that nothing is recorded when nothing changed.
 * Its parameters are $1, the project, and twelve from `first` on: `auditValues`. A column that is `known` takes its value from
 * `source` where the event has none.
 */
export function auditInsert(first: number, source: string, known?: 'user_id'): string {
  const values = TYPES.map((type, i) => {
    const value = `$${first + i}::${type}`
    return NAMES[i] === known ? `coalesce(${value}, ${known})` : value
  })
  return `INSERT INTO audit_event (${COLUMNS}) SELECT $1::uuid, ${values.join(', ')} FROM ${source}`
}

/** Parameters of `auditInsert`, in its order; the first is the row's id. */
export const auditValues = (fields: AuditFields, address: string | null): readonly (string | null)[] => [
  uuidv7(),
  fields.action,
  fields.step,
  fields.actorKind,
  fields.actorId ?? null,
  fields.clientId ?? null,
  fields.userId ?? null,
  fields.grantId ?? null,
  fields.requestId ?? null,
  fields.reason ?? null,
  fields.detail === undefined ? null : JSON.stringify(fields.detail),
  address,
]

const INSERT_ONE = auditInsert(2, '(SELECT 1) AS changed')

/** The same row inside a transaction, on the database's clock. */
export async function insertAuditRow(tx: Transaction, projectId: string, fields: AuditFields, address: string | null): Promise<void> {
  await tx.$executeRawUnsafe(INSERT_ONE, projectId, ...auditValues(fields, address))
}
