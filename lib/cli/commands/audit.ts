import type { AuditEvent } from '#lib/management/audit-log/event.ts'
import { listAuditEvents } from '#lib/management/audit-log/list.ts'
import { commandLineProject } from '#lib/management/command-line.ts'
import { type Command, text } from './command.ts'
import { moment, table } from './output.ts'

const MAX_EVENTS = 10_000

const listEvents: Command = {
  usage: '--project SLUG [--action ACTION] [--client ID] [--user ID|EMAIL] [--limit N]',
  summary: 'Lists what happened, newest first; 50 unless --limit says otherwise',
  flags: { project: text, action: text, client: text, user: text, limit: text },
  async run(flags) {
    const ctx = await commandLineProject(flags.required('project'))
    const filter = { action: flags.optional('action'), client: flags.optional('client'), user: flags.optional('user') }
    const limit = Math.min(flags.wholeNumber('limit') ?? 50, MAX_EVENTS)
    const events: AuditEvent[] = []
    let cursor: string | undefined
    do {
      const page = await listAuditEvents(ctx, { ...filter, cursor, take: 100 })
      events.push(...page.events)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined && events.length < limit)

    const shown = events.slice(0, limit)
    return { data: shown, text: table(['AT', 'ACTION', 'ACTOR', 'CLIENT', 'USER', 'REASON'], shown.map(row)) }
  },
}

const row = (event: AuditEvent): string[] => [
  moment(event.at),
  event.action,
  event.actorName ?? event.actorId ?? event.actorKind,
  event.clientName ?? event.clientId ?? '–',
  event.userEmail ?? event.userId ?? '–',
  event.reason ?? '–',
]

export const auditCommands = { 'audit list': listEvents }
