import Link from 'next/link'
import type { AuditEvent } from '#lib/management/audit-log/event.ts'
import { classNames } from '../ui/class-names.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Table, Td, Th, Tr } from '../ui/table.tsx'
import { type EventTone, wordsFor } from './event-words.ts'

const DOTS: Record<EventTone, string> = { plain: 'bg-line-strong', refused: 'bg-warn', alarm: 'bg-bad' }
const NAMES: Record<EventTone, string> = { plain: '', refused: 'Refused: ', alarm: 'Alarm: ' }

type EventTableProps = { events: readonly AuditEvent[]; hrefOf: (event: AuditEvent) => string; openId: string | undefined }

/** Newest first. What went wrong stands out by colour, by a word for screen readers and by the reason beside it. */
export function EventTable({ events, hrefOf, openId }: EventTableProps) {
  return (
    <Table label="Audit log">
      <thead>
        <tr>
          <Th>Event</Th>
          <Th>Client</Th>
          <Th>User</Th>
          <Th>By</Th>
          <Th className="text-right">When</Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => {
          const { label, tone } = wordsFor(event.action)
          return (
            <Tr
              key={event.id}
              className={classNames(
                'relative hover:bg-hover',
                tone === 'alarm' && 'bg-bad-soft/70',
                tone === 'refused' && 'bg-warn-soft/60',
                openId === event.id && 'bg-hover shadow-[inset_2px_0_0_var(--accent)]',
              )}
            >
              <Td className="h-11 min-w-60">
                <span className="flex items-center gap-3">
                  <span aria-hidden className={classNames('size-2 shrink-0 rounded-full', DOTS[tone])} />
                  <span className="grid min-w-0">
                    <Link
                      href={hrefOf(event)}
                      scroll={false}
                      className="w-fit font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:outline-offset-[-2px]"
                    >
                      <span className="sr-only">{NAMES[tone]}</span>
                      {label}
                    </Link>
                    <span className="truncate font-mono text-[11.5px] text-ink-faint">
                      {event.action}
                      {event.reason && ` · ${event.reason}`}
                    </span>
                  </span>
                </span>
              </Td>
              <Td className="max-w-52 truncate">{event.clientName ?? event.clientId ?? <None />}</Td>
              <Td className="max-w-56 truncate">{event.userEmail ?? event.userId ?? <None />}</Td>
              <Td className="max-w-48 truncate text-ink-soft">{actorOf(event)}</Td>
              <Td className="text-right text-ink-soft tabular-nums">
                <RelativeTime at={event.at} />
              </Td>
            </Tr>
          )
        })}
      </tbody>
    </Table>
  )
}

const None = () => <span className="text-ink-faint">–</span>

const ACTORS: Record<string, string> = {
  member: 'Member',
  user: 'User',
  client: 'Client',
  backend: 'Your backend',
  'command-line': 'Command line',
  system: 'System',
}

export function actorOf(event: AuditEvent): string {
  return event.actorKind === 'member' && event.actorName ? event.actorName : (ACTORS[event.actorKind] ?? event.actorKind)
}
