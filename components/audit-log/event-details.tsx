import Link from 'next/link'
import type { ReactNode } from 'react'
import type { AuditEvent } from '#lib/management/audit-log/event.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { exact } from '../ui/exact-time.ts'
import { Facts } from '../ui/facts.tsx'
import { Notice } from '../ui/notice.tsx'
import { actorOf } from './event-table.tsx'
import { wordsFor } from './event-words.ts'

export function EventDetails({ project, event, permalink }: { project: string; event: AuditEvent; permalink: string }) {
  const { tone, means } = wordsFor(event.action)
  const client = event.clientId && (
    <Link href={`/projects/${project}/clients/${encodeURIComponent(event.clientId)}`} className={LINK}>
      {event.clientName ?? event.clientId}
    </Link>
  )
  const user = event.userId && (
    <Link href={`/projects/${project}/users/${encodeURIComponent(event.userId)}`} className={LINK}>
      {event.userEmail ?? event.userId}
    </Link>
  )
  const facts: [string, ReactNode][] = [
    [
      'Event',
      <code key="action" className="font-mono text-[12.5px]">
        {event.action}
      </code>,
    ],
    ['When', exact(event.at)],
    [
      'Reason',
      event.reason && (
        <code key="reason" className="font-mono text-[12.5px]">
          {event.reason}
        </code>
      ),
    ],
    ['By', actorOf(event)],
    ['Client', client],
    ['User', user],
    ['Address', event.address],
    ['Grant', event.grantId && <Mono>{event.grantId}</Mono>],
    ['Request', event.requestId && <Mono>{event.requestId}</Mono>],
    ['Event id', <Mono key="id">{event.id}</Mono>],
  ]
  return (
    <>
      {means && <Notice tone={tone === 'plain' ? 'info' : 'warn'}>{means}</Notice>}
      <Facts facts={facts.filter(([, value]) => value)} />
      {event.detail && <CodeBlock title="Detail" language="json" code={JSON.stringify(event.detail, null, 2)} />}
      <div className="grid gap-1.5">
        <span className="text-[13px] text-ink-soft">Link to this event</span>
        <Copyable label="link" value={permalink} />
      </div>
    </>
  )
}

const LINK = 'underline decoration-line-strong underline-offset-4 hover:decoration-current'

const Mono = ({ children }: { children: string }) => <code className="break-all font-mono text-[12.5px]">{children}</code>
