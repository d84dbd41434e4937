import type { AuditRow } from '../target.ts'

/** What a protocol request writes; what operators and pages write beside it is theirs. */
export const ACTIONS: ReadonlySet<string> = new Set([
  ...['client.registered', 'authorization.requested', 'grant.approved', 'grant.denied', 'grant.revoked', 'token.issued', 'token.revoked'],
  ...['code.replayed', 'code.misused', 'refresh.rotated', 'refresh.retried', 'refresh.reused', 'refresh.misused', 'revoke.foreign'],
  ...['exchange.issued', 'exchange.refused', 'credential.misused', 'cross_tenant.used'],
])

type Named = Pick<AuditRow, 'action' | 'actorId' | 'clientId' | 'userId' | 'reason'>

/** Who did what to whom. What a member ended is told differently by each door. */
function nameOf({ action, actorId, clientId, userId, reason }: Named): string {
  if (action === 'exchange.refused') return `${action} ${actorId ?? 'backend'}`
  if (action !== 'grant.revoked') return `${action} ${clientId ?? ''} ${userId ?? ''}`
  return reason === 'member' ? `${action} member` : `${action} ${clientId ?? ''} ${userId ?? ''} ${reason ?? ''}`
}

/** How many rows of each name the log must have. */
export type Ledger = ReturnType<typeof ledgerAfter>

/** Starts from the log as it is. */
export function ledgerAfter(rows: readonly AuditRow[]) {
  const least = countOf(rows)
  const most = new Map(least)
  const add = (counts: Map<string, number>, row: Named) => counts.set(nameOf(row), (counts.get(nameOf(row)) ?? 0) + 1)
  return {
    expect(row: Named): void {
      add(least, row)
      add(most, row)
    },
    /** For what the doors disagree about. */
    allow: (row: Named): void => void add(most, row),
    /** One sentence for each name whose number is wrong. */
    differences(log: readonly AuditRow[]): string[] {
      const counted = countOf(log)
      return [...new Set([...counted.keys(), ...most.keys()])].flatMap((name) => {
        const [is, from, to] = [counted.get(name) ?? 0, least.get(name) ?? 0, most.get(name) ?? 0]
        return is < from || is > to ? [`${name}: ${is} rows instead of ${from === to ? from : `${from} to ${to}`}`] : []
      })
    },
  }
}

function countOf(rows: readonly AuditRow[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) if (ACTIONS.has(row.action)) counts.set(nameOf(row), (counts.get(nameOf(row)) ?? 0) + 1)
  return counts
}
