import type { AuditEvent } from '#lib/management/audit-log/event.ts'

/** Rows beyond this leave at the end: a page left open all night stays light. */
const MAX_ROWS = 500

/** Newest first, each once: what came is asked for with an overlap, and a reload brings it again. */
export function merged(newer: readonly AuditEvent[], older: readonly AuditEvent[]): AuditEvent[] {
  const byId = new Map([...newer, ...older].map((event) => [event.id, event]))
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, MAX_ROWS)
}

/** Not what is known, and nothing older than the page reaches: the overlap may. */
export function unknownOf(heard: readonly AuditEvent[], known: readonly AuditEvent[]): AuditEvent[] {
  const ids = new Set(known.map(({ id }) => id))
  const oldest = known.at(-1)?.id ?? ''
  return heard.filter(({ id }) => !ids.has(id) && id > oldest)
}
