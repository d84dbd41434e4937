import { CircleCheck } from 'lucide-react'
import Link from 'next/link'
import type { ErrorGroup } from '#lib/management/audit-log/group-errors.ts'
import { reasonWords } from '../audit-log/reason-words.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'

const MOST = 5

/** What went wrong of late, the latest first: in words, with what to do about it. `log`: the audit log's address. */
export function FailuresCard({ errors, log }: { errors: readonly ErrorGroup[]; log: string }) {
  const latest = errors.toSorted((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime() || b.count - a.count).slice(0, MOST)
  return (
    <Card id="failures">
      <CardHeader
        title="Recent failures"
        description="What was refused in the last 7 days, by kind. What proves nothing of the caller is counted by the hour."
        action={
          errors.length > 0 && (
            <Button asChild tone="secondary" size="sm">
              <Link href={`${log}/errors`}>{errors.length > MOST ? `All ${errors.length} kinds` : 'Open in audit log'}</Link>
            </Button>
          )
        }
      />
      <CardBody>
        {latest.length === 0 ? (
          <p className="flex items-center gap-2 text-[13px] text-ink-soft">
            <CircleCheck aria-hidden className="size-4 text-good" />
            Nothing failed in the last 7 days. When a client cannot connect, the reason shows here.
          </p>
        ) : (
          <ul aria-label="Recent failures" className="grid gap-4">
            {latest.map((group) => (
              <FailureItem key={group.code} group={group} log={log} />
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  )
}

function FailureItem({ group, log }: { group: ErrorGroup; log: string }) {
  const { code, places, count, recorded, firstSeenAt, lastSeenAt } = group
  const words = reasonWords(code)
  return (
    <li className="grid gap-x-6 gap-y-1 border-t pt-4 text-[13px] first:border-t-0 first:pt-0 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium">{words?.says ?? code}</p>
        {words && (
          <p className="text-ink-soft">
            {words.cause} {words.fix}
          </p>
        )}
        <p className="wrap-anywhere font-mono text-[11.5px] text-ink-faint">
          {code} · {places.join(', ')}
        </p>
      </div>
      <p className="flex flex-wrap gap-x-3 text-ink-soft sm:grid sm:content-start sm:justify-items-end">
        <span className="font-medium text-ink tabular-nums">{count === 1 ? 'Once' : `${count.toLocaleString('en')} times`}</span>
        <span>
          Last <RelativeTime at={lastSeenAt} />
        </span>
        {count > 1 && (
          <span className="text-ink-faint text-xs">
            First <RelativeTime at={firstSeenAt} />
          </span>
        )}
        {recorded > 0 && (
          <Link href={`${log}?reason=${encodeURIComponent(code)}`} className="text-xs underline decoration-line-strong underline-offset-4">
            In the audit log
          </Link>
        )}
      </p>
    </li>
  )
}
