import Link from 'next/link'
import type { ReactNode } from 'react'
import type { AuditEvent } from '#lib/management/audit-log/event.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { Copyable, CopyableText } from '../ui/copyable.tsx'
import { exact } from '../ui/exact-time.ts'
import { Facts } from '../ui/facts.tsx'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { actorOf } from './actor-words.ts'
import { ChangeDiff } from './change-diff.tsx'
import { changesIn } from './changes.ts'
import { toneOf } from './event-words.ts'
import { ReasonNotice } from './reason-notice.tsx'

type EventDetailsProps = {
  project: string
  event: AuditEvent
  /** The stable code of what went wrong; null where nothing did. */
  errorCode: string | null
  /** Address of the log, for all events of one attempt or grant. */
  log: string
  permalink: string
}

export function EventDetails({ project, event, errorCode, log, permalink }: EventDetailsProps) {
  return (
    <>
      <Meaning event={event} errorCode={errorCode} />
      <Tabs
        label="Views of this event"
        tabs={[
          { id: 'details', label: 'Details', panel: <Told project={project} event={event} log={log} /> },
          {
            id: 'json',
            label: 'JSON',
            panel: <CodeBlock title="Event as JSON" language="json" code={JSON.stringify(event, null, 2)} wrap />,
          },
        ]}
      />
      <div className="grid gap-1.5">
        <span className="text-[13px] text-ink-soft">Link to this event</span>
        <Copyable label="link" value={permalink} />
      </div>
    </>
  )
}

function Meaning({ event, errorCode }: { event: AuditEvent; errorCode: string | null }) {
  const { tone, means } = toneOf(event)
  return (
    <>
      {means && <Notice tone={tone === 'plain' ? 'info' : 'warn'}>{means}</Notice>}
      {errorCode && <ReasonNotice code={errorCode} />}
    </>
  )
}

function Told({ project, event, log }: { project: string; event: AuditEvent; log: string }) {
  const changes = changesIn(event.detail)
  const rest = Object.entries(event.detail ?? {}).filter(([name]) => name !== 'changes' || changes.length === 0)
  return (
    <>
      <Facts facts={factsOf(event, project, log).filter(([, value]) => value)} />
      {changes.length > 0 && <ChangeDiff changes={changes} />}
      {rest.length > 0 && <CodeBlock title="Detail" language="json" code={JSON.stringify(Object.fromEntries(rest), null, 2)} wrap />}
    </>
  )
}

function factsOf(event: AuditEvent, project: string, log: string): [string, ReactNode][] {
  const all = (name: 'grant' | 'request' | 'address', value: string, label: string) => (
    <Link href={`${log}?${new URLSearchParams({ [name === 'address' ? 'text' : name]: value })}`} className={LINK}>
      {label}
    </Link>
  )
  return [
    ['Event', <Mono key="action">{event.action}</Mono>],
    ['Outcome', event.outcome === 'refused' ? 'Refused or failed' : 'OK'],
    [
      'When',
      <span key="when">
        {exact(event.at)} (<RelativeTime at={event.at} />)
      </span>,
    ],
    ['Reason', event.reason && <Mono key="reason">{event.reason}</Mono>],
    ['By', <Actor key="by" event={event} />],
    ['Client', event.clientId && <Named project={project} kind="clients" id={event.clientId} name={event.clientName} />],
    ['User', event.userId && <Named project={project} kind="users" id={event.userId} name={event.userEmail} />],
    ['Address', event.address && <Traced value={event.address} link={all('address', event.address, 'All events from this address')} />],
    ['Grant', event.grantId && <Traced value={event.grantId} link={all('grant', event.grantId, 'All events of this grant')} />],
    ['Attempt', event.requestId && <Traced value={event.requestId} link={all('request', event.requestId, 'All events of this attempt')} />],
    ['Event id', <CopyableText key="id" label="event id" value={event.id} />],
  ]
}

function Actor({ event }: { event: AuditEvent }) {
  return (
    <span className="grid">
      {actorOf(event)}
      {event.actorId && event.actorKind !== 'client' && event.actorKind !== 'user' && (
        <span className="break-all font-mono text-[11.5px] text-ink-faint">{event.actorId}</span>
      )}
    </span>
  )
}

function Named({ project, kind, id, name }: { project: string; kind: 'clients' | 'users'; id: string; name: string | null }) {
  const label = name ?? id
  if (name === null) return <Mono>{label}</Mono>
  return (
    <Link href={`/projects/${project}/${kind}/${encodeURIComponent(id)}`} className={LINK}>
      {label}
    </Link>
  )
}

function Traced({ value, link }: { value: string; link: ReactNode }) {
  return (
    <span className="grid gap-0.5">
      <Mono>{value}</Mono>
      <span className="text-xs">{link}</span>
    </span>
  )
}

const LINK = 'w-fit underline decoration-line-strong underline-offset-4 hover:decoration-current'

const Mono = ({ children }: { children: string }) => <code className="break-all font-mono text-[12.5px]">{children}</code>
