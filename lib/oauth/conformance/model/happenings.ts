import type { AuditRow } from '../target.ts'
import type { Grant, Model, Real } from './facts.ts'
import type { Ledger } from './ledger.ts'

/** Time passes. */
export async function wait(seconds: number, model: Model, real: Real): Promise<void> {
  await real.project.advance(seconds)
  model.now += seconds
}

/** A grant ends by a request. Whether that of a disabled user had ended before is told differently by each door. */
export function endGrant(grant: Grant, reason: 'code_replayed' | 'refresh_reused' | 'token_revoked', model: Model): void {
  if (grant.over) return
  const row = { action: 'grant.revoked', clientId: grant.client.oauth.clientId, userId: grant.person.user.id, reason }
  if (grant.person.disabled) model.ledger.allow(row)
  else model.ledger.expect(row)
  grant.over = true
}

/** A credential where it does not belong, or shown too late: one row, however often. */
export function noteOnce(credential: string, row: Pick<AuditRow, 'action' | 'clientId' | 'userId'>, ledger: Ledger, model: Model): void {
  const key = `${ledger === model.ledger ? 'here' : 'elsewhere'} ${row.action} ${credential}`
  if (model.noted.has(key)) return
  model.noted.add(key)
  ledger.expect(row)
}
