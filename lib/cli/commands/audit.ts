import { setTimeout as sleep } from 'node:timers/promises'
import { Unavailable } from '#lib/db/transaction.ts'
import type { AuditEvent } from '#lib/management/audit-log/event.ts'
import { auditLogOperations } from '#lib/management/audit-log/operations.ts'
import type { AuditTail } from '#lib/management/audit-log/tail.ts'
import type { Command, Output } from './command.ts'
import { type Columns, lineOf, listing, typed } from './from-operation.ts'

const COLUMNS: Columns = {
  AT: 'at',
  ACTION: 'action',
  ACTOR: ({ actorName, actorId, actorKind }) => actorName ?? actorId ?? actorKind,
  CLIENT: ({ clientName, clientId }) => clientName ?? clientId,
  USER: ({ userEmail, userId }) => userEmail ?? userId,
  REASON: 'reason',
}

const USUAL_ROWS = 50
const EVERY_MS = 2_000
/** More than come twice. */
const REMEMBERED = 1_000

const tailing = typed(auditLogOperations, 'tailAuditEvents')

const tail: Command = {
  ...tailing,
  summary: 'Show what happens as it happens, from the last seconds on, until Ctrl-C',
  async run(flags, tell) {
    const [project, input] = [flags.required('project'), tailing.inputFrom(flags)]
    const seen = new Set<string>()
    let after: string | null = null
    for await (const _ of beats()) {
      const found = await patiently(() => tailing.run(project, { ...input, ...(after === null ? {} : { after }) }) as Promise<AuditTail>)
      if (!found) continue
      if (found.isCut) console.error('More happened than fits here: audit list shows all of it')
      for (const event of unseen(found.events, seen)) tell(told(event))
      after = found.after
    }
    return null
  },
}

/** One now, and one every two seconds until somebody stops us or nobody reads any more. */
async function* beats(): AsyncGenerator<void> {
  const stopped = new AbortController()
  const stop = (): void => stopped.abort()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  process.stdout.once('error', stop)
  while (!stopped.signal.aborted) {
    yield
    await sleep(EVERY_MS, undefined, { signal: stopped.signal }).catch(stop)
  }
}

/** A database that is away for a moment ends nothing: null. */
async function patiently<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    console.error('The database is unavailable; still trying')
    return null
  }
}

/** Oldest first; those of the last seconds come again and again. */
function unseen(events: readonly AuditEvent[], seen: Set<string>): AuditEvent[] {
  const fresh = events.filter(({ id }) => !seen.has(id)).reverse()
  for (const { id } of fresh) seen.add(id)
  for (const id of seen) {
    if (seen.size <= REMEMBERED) break
    seen.delete(id)
  }
  return fresh
}

const told = (event: AuditEvent): Output => ({ data: event, text: lineOf(COLUMNS)(event).join('  ') })

export const auditCommands = {
  'audit list': listing(auditLogOperations, 'listAuditEvents', 'events', COLUMNS, USUAL_ROWS),
  'audit tail': tail,
}
