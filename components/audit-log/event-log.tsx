'use client'

import { ArrowUp, Radio } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import type { AuditEvent } from '#lib/management/audit-log/event.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { ColumnChoice } from '../ui/column-choice.tsx'
import { merged, unknownOf } from './arriving.ts'
import { EVENT_COLUMNS, EventTable } from './event-table.tsx'
import { type LiveState, useLiveTail } from './use-live-tail.ts'

/** So near the top somebody watches what comes, and rows may move. */
const TOP_PX = 240

type EventLogProps = {
  events: readonly AuditEvent[]
  /** Address of the list as it is filtered; an event opens by `event` in it. */
  path: string
  query: string
  openId?: string | undefined
  hidden: readonly string[]
  /** Where new events are asked for, with the filter; null where the newest are not on this page. */
  tailHref: string | null
  /** What stands there while nothing fits. */
  empty: ReactNode
}

/** One page of a log, which grows at its top while somebody watches. */
export function EventLog(props: EventLogProps) {
  const [isLive, setLive] = useState(false)
  // A new filter begins a new list; whether somebody watches stays.
  return <FilteredLog key={props.query} {...props} isLive={isLive && props.tailHref !== null} setLive={setLive} />
}

function FilteredLog({ events, path, query, openId, hidden, tailHref, empty, isLive, setLive }: EventLogProps & Watching) {
  const router = useRouter()
  const [shown, setShown] = useState(() => Object.fromEntries(hidden.map((id) => [id, false])))
  const [came, setCame] = useState<readonly AuditEvent[]>([])
  const [waiting, setWaiting] = useState<readonly AuditEvent[]>([])
  const [announced, announce] = useState('')
  const rows = merged(came, events)

  const state = useLiveTail({
    href: isLive ? tailHref : null,
    newest: events[0]?.id,
    onEvents: (heard, isCut) => {
      const fresh = unknownOf(heard, [...waiting, ...rows])
      if (fresh.length === 0) return
      announce(fresh.length === 1 ? '1 new event' : `${fresh.length} new events`)
      if (isCut) router.refresh()
      else if (isAtTop()) setCame(merged(fresh, came))
      else setWaiting(merged(fresh, waiting))
    },
  })
  const letIn = () => {
    setCame(merged(waiting, came))
    setWaiting([])
    window.scrollTo({ top: 0 })
  }

  return (
    <section aria-label="Events" className="grid min-w-0 gap-2">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <p className="text-ink-soft text-xs">{rows.length === 1 ? '1 event' : `${rows.length} events`} on this page</p>
        <div className="flex flex-wrap items-center gap-1">
          {tailHref !== null && <LiveSwitch isLive={isLive} state={state} setLive={setLive} />}
          <ColumnChoice name="events" columns={EVENT_COLUMNS} shown={shown} onChange={setShown} />
        </div>
      </div>
      <p role="status" className="sr-only">
        {announced}
      </p>
      {waiting.length > 0 && (
        <div className="pointer-events-none sticky top-16 z-20 flex h-0 justify-center">
          <Button size="sm" onClick={letIn} className="pointer-events-auto shadow-pop">
            <ArrowUp aria-hidden />
            {waiting.length === 1 ? '1 new event' : `${waiting.length} new events`}
          </Button>
        </div>
      )}
      {rows.length === 0 ? (
        empty
      ) : (
        <EventTable
          events={rows}
          columns={EVENT_COLUMNS.filter(({ id }) => shown[id] !== false)}
          openId={openId}
          fresh={new Set(came.map(({ id }) => id))}
          hrefOf={(event) => `${path}?${query ? `${query}&` : ''}event=${event.id}`}
        />
      )}
    </section>
  )
}

type Watching = { isLive: boolean; setLive: (isLive: boolean) => void }

const WORDS: Record<LiveState, string> = { off: 'Live', live: 'Live', waiting: 'Reconnecting…', ended: 'Ended' }

function LiveSwitch({ isLive, state, setLive }: Watching & { state: LiveState }) {
  return (
    <>
      {state === 'ended' && (
        <span role="status" className="text-ink-soft text-xs">
          You are signed out or no longer see this log.
        </span>
      )}
      <Button tone="ghost" size="sm" aria-pressed={isLive} onClick={() => setLive(!isLive)}>
        <Radio aria-hidden className={classNames(state === 'live' && 'animate-pulse text-good')} />
        {WORDS[state]}
      </Button>
    </>
  )
}

const isAtTop = (): boolean => window.scrollY < TOP_PX
