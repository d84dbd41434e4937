import type { CheckedDomain } from '#lib/management/domains/check.ts'
import type { ListedDomain } from '#lib/management/domains/list.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { exact } from '../ui/exact-time.ts'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { CheckButton } from './check-button.tsx'
import { PROBLEMS, stateOf } from './domain-words.ts'

const GRACE_MS = 72 * 3_600_000

type DomainCardProps = {
  domain: ListedDomain
  /** Connections that only this issuer can renew. */
  connections: number
  /** Null for whoever may only look. */
  acts: null | { check: FormAction<CheckedDomain>; remove: FormAction }
}

/** One claimed host: the record that proves it, and how that stands. */
export function DomainCard({ domain, connections, acts }: DomainCardProps) {
  const { host, record, lastCheckedAt } = domain
  const state = stateOf(domain)
  return (
    <Card>
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 pt-4">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <h3 className="wrap-anywhere font-semibold text-[15px]">{host}</h3>
          <Badge tone={state.tone} dot>
            {state.label}
          </Badge>
        </div>
        {acts && (
          <div className="flex flex-wrap items-start gap-1">
            <CheckButton host={host} action={acts.check} />
            <RemoveDomain domain={domain} connections={connections} action={acts.remove} />
          </div>
        )}
      </header>
      <CardBody>
        <DomainNotice domain={domain} />
        <div className="grid min-w-0 gap-3 sm:grid-cols-[4rem_minmax(0,1fr)_minmax(0,1.4fr)]">
          <Part label="Type">
            <p className="flex min-h-9 items-center font-mono text-[12.5px]">{record.type}</p>
          </Part>
          <Part label="Name">
            <Copyable label={`record name of ${host}`} value={record.name} />
          </Part>
          <Part label="Value">
            <Copyable label={`record value of ${host}`} value={record.value} />
          </Part>
        </div>
        <p className="text-[13px] text-ink-soft">
          Last looked for <RelativeTime at={lastCheckedAt} never="never" />. Leave the record in place: it is looked for every day.
        </p>
      </CardBody>
    </Card>
  )
}

function Part({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-1.5">
      <span className="font-medium text-[13px]">{label}</span>
      {children}
    </div>
  )
}

function DomainNotice({ domain: { verified, verifiedAt, problem, issuer, lastCheckedAt } }: { domain: ListedDomain }) {
  if (problem === null || (verified && problem === 'no_answer')) {
    if (verified) return null
    return <p className="text-[13px] text-ink-soft">Put this record into the DNS of your domain. It proves that the host is yours.</p>
  }
  if (verified && verifiedAt) {
    return (
      <Notice tone="bad" title="Its record is gone">
        Put it back before <strong className="font-medium">{exact(new Date(verifiedAt.getTime() + GRACE_MS))}</strong>, or {issuer} stops
        answering then. {PROBLEMS[problem].next}
      </Notice>
    )
  }
  return (
    <Notice tone={lastCheckedAt ? 'warn' : 'info'} title={PROBLEMS[problem].found}>
      {PROBLEMS[problem].next}
    </Notice>
  )
}

function RemoveDomain({
  domain: { host, verified, issuer },
  connections,
  action,
}: {
  domain: ListedDomain
  connections: number
  action: FormAction
}) {
  return (
    <ConfirmDialog
      trigger={
        <Button tone="ghost" size="sm" aria-label={`Remove ${host}`}>
          Remove
        </Button>
      }
      title={`Remove ${host}?`}
      confirm="Remove domain"
      {...(verified ? { typed: host } : {})}
      done={`${host} is removed`}
      action={action}
    >
      {verified ? (
        <>
          <p className="wrap-anywhere">
            {issuer} stops answering at once.{' '}
            <strong className="font-medium text-ink">
              {connections === 1 ? '1 connection' : `${connections.toLocaleString('en')} connections`}
            </strong>{' '}
            made there can not be renewed: {connections === 1 ? 'its user has' : 'their users have'} to connect again at another issuer.
          </p>
          <p>Somebody else who owns the host may then prove it for a project of theirs.</p>
        </>
      ) : (
        <p>The claim goes, and its record proves nothing any more. Nothing speaks at this host yet.</p>
      )}
    </ConfirmDialog>
  )
}
