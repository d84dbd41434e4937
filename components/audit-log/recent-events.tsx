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
              <li key={event.id} className="flex gap-3 border-b py-2 text-[13px] last:border-b-0">
                <span aria-hidden className={classNames('mt-[0.4375rem] size-1.5 shrink-0 rounded-full', DOTS[tone])} />
                <div className="grid min-w-0 flex-1 gap-x-3 gap-y-0.5 sm:flex">
                  <Link href={eventHref(event)} className="min-w-0 truncate rounded font-medium hover:underline sm:flex-1">
                    {label}
                  </Link>
                  <div className="flex min-w-0 gap-3">
                    <span className="min-w-0 truncate text-ink-soft">{event.actorName ?? event.userEmail ?? event.clientName}</span>
                    <span className="shrink-0 text-ink-faint">
                      <RelativeTime at={event.at} />
                    </span>
                  </div>
                </div>
              </li>
            )
          })}
        </ul>
      </CardBody>
    </Card>
  )
}
