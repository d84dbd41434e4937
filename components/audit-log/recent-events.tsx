import Link from 'next/link'
import type { AuditEvent } from '#lib/management/audit-log/event.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { classNames } from '../ui/class-names.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { wordsFor } from './event-words.ts'

const DOTS = { plain: 'bg-line-strong', refused: 'bg-warn', alarm: 'bg-bad' } as const

type RecentEventsProps = {
  /** Newest first. */
  events: readonly AuditEvent[]
  /** The log, narrowed to what this page is about. */
  logHref: string
  eventHref: (event: AuditEvent) => string
}

/** What happened last, on the page of what it happened to. */
export function RecentEvents({ events, logHref, eventHref }: RecentEventsProps) {
  return (
    <Card>
      <CardHeader
        title="Recent events"
        action={
          <Button asChild tone="secondary" size="sm">
            <Link href={logHref}>Show in audit log</Link>
          </Button>
        }
      />
      <CardBody>
        {events.length === 0 && <p className="text-[13px] text-ink-soft">Nothing in the latest stretch of the log.</p>}
        <ul className="grid">
          {events.map((event) => {
            const { label, tone } = wordsFor(event.action)
            return (
              <li
                key={event.id}
                className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 border-b py-2 text-[13px] last:border-b-0"
              >
                <span aria-hidden className={classNames('size-1.5 shrink-0 rounded-full', DOTS[tone])} />
                <Link href={eventHref(event)} className="min-w-0 flex-1 truncate rounded font-medium hover:underline">
                  {label}
                </Link>
                <span className="min-w-0 truncate text-ink-soft">{event.actorName ?? event.userEmail ?? event.clientName}</span>
                <span className="text-ink-faint">
                  <RelativeTime at={event.at} />
                </span>
              </li>
            )
          })}
        </ul>
      </CardBody>
    </Card>
  )
}
