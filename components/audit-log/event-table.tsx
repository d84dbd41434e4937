'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { AuditEvent } from '#lib/management/audit-log/event.ts'
import { classNames } from '../ui/class-names.ts'
import { QuietCopy } from '../ui/copyable.tsx'
import { exact } from '../ui/exact-time.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { TableFrame, Td, Th, Tr } from '../ui/table.tsx'
import { actorOf } from './actor-words.ts'
import { type EventTone, toneOf } from './event-words.ts'

export type EventColumn = {
  readonly id: string
  readonly header: string
  readonly fixed?: true
  readonly className: string
  readonly cell: (event: AuditEvent) => ReactNode
}

/** Beside the event itself. */
export const EVENT_COLUMNS: readonly EventColumn[] = [
  { id: 'event', header: 'Event', fixed: true, className: '', cell: () => null },
  { id: 'client', header: 'Client', className: 'max-w-48 truncate', cell: (event) => event.clientName ?? event.clientId ?? <None /> },
  { id: 'user', header: 'User', className: 'max-w-52 truncate', cell: (event) => event.userEmail ?? event.userId ?? <None /> },
  { id: 'by', header: 'By', className: 'max-w-44 truncate text-ink-soft', cell: actorOf },
  {
    id: 'address',
    header: 'Address',
    className: 'max-w-40 truncate font-mono text-[12px] text-ink-soft',
    cell: (event) => event.address ?? <None />,
  },
  {
    id: 'when',
    header: 'When',
    className: 'text-right text-ink-soft tabular-nums',
    cell: (event) => (
      <span className="grid">
        <RelativeTime at={event.at} />
        <span className="whitespace-nowrap text-[11.5px] text-ink-faint">{exact(event.at)}</span>
      </span>
    ),
  },
]

const DOTS: Record<EventTone, string> = { plain: 'bg-line-strong', refused: 'bg-warn', alarm: 'bg-bad' }
const NAMES: Record<EventTone, string> = { plain: '', refused: 'Refused: ', alarm: 'Alarm: ' }

type EventTableProps = {
  events: readonly AuditEvent[]
  columns: readonly EventColumn[]
  hrefOf: (event: AuditEvent) => string
  openId: string | undefined
  /** Came in while somebody watched. */
  fresh?: ReadonlySet<string>
}

/** Newest first. What went wrong stands out by colour, by a word for screen readers and by the reason beside it. */
export function EventTable({ events, columns, hrefOf, openId, fresh }: EventTableProps) {
  return (
    <TableFrame label="Audit log" whole>
      <table aria-label="Audit log" className="w-full border-separate border-spacing-0 text-left text-[13px]">
        <thead>
          <tr>
            {columns.map(({ id, header, className }) => (
              <Th key={id} className={className.includes('text-right') ? 'text-right' : ''}>
                {header}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <EventRow
              key={event.id}
              event={event}
              columns={columns}
              href={hrefOf(event)}
              isOpen={openId === event.id}
              isFresh={fresh?.has(event.id) ?? false}
            />
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

type EventRowProps = { event: AuditEvent; columns: readonly EventColumn[]; href: string; isOpen: boolean; isFresh: boolean }

function EventRow({ event, columns, href, isOpen, isFresh }: EventRowProps) {
  const { label, tone } = toneOf(event)
  return (
    <Tr
      className={classNames(
        'relative transition-colors hover:bg-hover',
        tone === 'alarm' && 'bg-bad-soft/70',
        tone === 'refused' && 'bg-warn-soft/60',
        isFresh && 'shadow-[inset_2px_0_0_var(--accent)]',
        isOpen && 'bg-hover shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      {columns.map(({ id, className, cell }) =>
        id === 'event' ? (
          <Td key={id} className="h-11 min-w-60">
            <span className="flex items-center gap-3">
              <span aria-hidden className={classNames('size-2 shrink-0 rounded-full', DOTS[tone])} />
              <span className="grid min-w-0">
                <Link
                  href={href}
                  scroll={false}
                  prefetch={false}
                  className="w-fit font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:outline-offset-[-2px]"
                >
                  <span className="sr-only">{NAMES[tone]}</span>
                  {label}
                </Link>
                <span className="flex min-w-0 items-center gap-1">
                  <span className="truncate font-mono text-[11.5px] text-ink-faint">
                    {event.action}
                    {event.reason && ` · ${event.reason}`}
                  </span>
                  {/* Above the link that covers the row. */}
                  <span className="relative z-[1] -my-1">
                    <QuietCopy label={`id of ${label}`} value={event.id} />
                  </span>
                </span>
                <span className="text-[11.5px] text-ink-soft sm:hidden">
                  <RelativeTime at={event.at} />
                </span>
              </span>
            </span>
          </Td>
        ) : (
          <Td key={id} className={className}>
            {cell(event)}
          </Td>
        ),
      )}
    </Tr>
  )
}

const None = () => <span className="text-ink-faint">–</span>
