import type { OrganisationEvent } from '#lib/management/organisations/activity.ts'
import { actorOf } from '../audit-log/actor-words.ts'
import { changesIn } from '../audit-log/changes.ts'
import { type EventTone, wordsFor } from '../audit-log/event-words.ts'
import { classNames } from '../ui/class-names.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Table, Td, Th, Tr } from '../ui/table.tsx'
import { roleLabel } from './role-words.ts'

const DOTS: Record<EventTone, string> = { plain: 'bg-line-strong', refused: 'bg-warn', alarm: 'bg-bad' }

/** Newest first; what changed stands in the row. */
export function ActivityTable({ events }: { events: readonly OrganisationEvent[] }) {
  return (
    <Table label="Activity">
      <thead>
        <tr>
          <Th>Event</Th>
          <Th>What</Th>
          <Th>By</Th>
          <Th>Address</Th>
          <Th className="text-right">When</Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => {
          const { label, tone } = wordsFor(event.action)
          return (
            <Tr key={event.id} className={classNames(tone === 'refused' && 'bg-warn-soft/60', tone === 'alarm' && 'bg-bad-soft/70')}>
              <Td className="min-w-48">
                <span className="flex items-center gap-3">
                  <span aria-hidden className={classNames('size-2 shrink-0 rounded-full', DOTS[tone])} />
                  <span className="grid">
                    <span className="font-medium">{label}</span>
                    <span className="font-mono text-[11.5px] text-ink-faint">{event.action}</span>
                  </span>
                </span>
              </Td>
              <Td className="wrap-anywhere min-w-52 max-w-96">{whatOf(event.detail) || <None />}</Td>
              <Td className="max-w-48 truncate text-ink-soft">{actorOf(event)}</Td>
              <Td className="text-ink-soft">{event.address ?? <None />}</Td>
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

const NAMES: Readonly<Record<string, string>> = { requireSecondFactor: 'second factor required', name: 'name', role: 'role' }

/** Before and after where something changed; else who or what it was about. */
function whatOf(detail: OrganisationEvent['detail']): string {
  const said = (name: string): string => (typeof detail?.[name] === 'string' ? (detail[name] as string) : '')
  const changes = changesIn(detail).map(({ field, before, after }) => `${NAMES[field] ?? field}: ${inWords(before)} → ${inWords(after)}`)
  const role = said('role') && `as ${roleLabel(said('role')).toLowerCase()}`
  const permission = said('permission') && `needs ${said('permission')}`
  const project = said('project') && `project ${said('project')} of another organisation`
  return [said('email') || said('name'), role, project, permission, said('way'), ...changes].filter(Boolean).join(' · ')
}

const inWords = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
