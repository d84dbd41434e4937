'use client'

import { Laptop, Smartphone } from 'lucide-react'
import { browserName } from '../passkeys/browser-name.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'

type Session = {
  id: string
  isThis: boolean
  way: string
  address: string | null
  userAgent: string | null
  lastSeenAt: Date
  createdAt: Date
  end: FormAction
}

const WAYS: Readonly<Record<string, string>> = {
  password: 'by password',
  passkey: 'by passkey',
  github: 'with GitHub',
  google: 'with Google',
  oidc: 'by single sign-on',
}

export function SessionCard({ sessions, endOthers }: { sessions: readonly Session[]; endOthers: FormAction }) {
  const others = sessions.filter(({ isThis }) => !isThis).length
  return (
    <Card>
      <CardHeader
        title="Sessions"
        description="Where you are signed in. A session ends after 7 days without a visit, and after 30 days in any case."
        action={others > 0 ? <EndOthers count={others} action={endOthers} /> : undefined}
      />
      <CardBody>
        <ul className="grid divide-y rounded-lg border">
          {sessions.map((session) => (
            <SessionItem key={session.id} session={session} />
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}

function EndOthers({ count, action }: { count: number; action: FormAction }) {
  return (
    <ConfirmDialog
      trigger={
        <Button tone="danger-quiet" size="sm">
          End all others
        </Button>
      }
      title="End all other sessions?"
      confirm="End all others"
      done="Ended"
      action={action}
    >
      <p>
        {count} {count === 1 ? 'browser is' : 'browsers are'} signed out at once. You stay signed in here.
      </p>
    </ConfirmDialog>
  )
}

function SessionItem({ session: { isThis, way, address, userAgent, lastSeenAt, createdAt, end } }: { session: Session }) {
  const known = userAgent === null ? null : browserName(userAgent)
  const name = known ? `${known.browser} on ${known.device}` : 'Unknown browser'
  const Icon = known && /iPhone|Android/.test(known.device) ? Smartphone : Laptop
  return (
    <li className="flex min-w-0 items-center gap-3 px-4 py-3">
      <Icon aria-hidden className="size-4 shrink-0 text-ink-soft" />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{name}</span>
          {isThis && <Badge tone="good">This browser</Badge>}
        </span>
        <span className="wrap-anywhere text-[13px] text-ink-soft">
          {address ? `${address} · ` : ''}last seen <RelativeTime at={lastSeenAt} /> · signed in {WAYS[way] ?? way}{' '}
          <RelativeTime at={createdAt} />
        </span>
      </div>
      {!isThis && (
        <ConfirmDialog
          trigger={
            <Button tone="secondary" size="sm" aria-label={`End the session of ${name}`}>
              End
            </Button>
          }
          title="End this session?"
          confirm="End session"
          done="Session ended"
          action={end}
        >
          <p>{name} is signed out at once.</p>
        </ConfirmDialog>
      )}
    </li>
  )
}
