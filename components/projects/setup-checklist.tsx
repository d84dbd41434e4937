import { Check } from 'lucide-react'
import type { ProjectProgress } from '#lib/management/projects/progress.ts'
import { Badge } from '../ui/badge.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { classNames } from '../ui/class-names.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { LiveRefresh } from './live-refresh.tsx'

const steps = (progress: ProjectProgress, createdAt: Date) => [
  { title: 'Issuer ready', hint: 'Keys, scopes and secrets exist', at: createdAt },
  { title: 'Metadata fetched', hint: 'A client found the issuer', at: later(progress.metadataFetchedAt, createdAt) },
  { title: 'First registration', hint: 'A client has a client_id', at: progress.clientRegisteredAt },
  { title: 'First token', hint: 'Somebody signed in and consented', at: progress.tokenIssuedAt },
  { title: 'First refresh', hint: 'A connection outlived its first token', at: progress.tokenRefreshedAt },
]

/** Fetches are counted by the hour, which may have begun before the project did. */
const later = (hour: Date | null, createdAt: Date): Date | null => hour && (hour > createdAt ? hour : createdAt)

/** Ticks itself from real traffic: nothing here is clicked. */
export function SetupChecklist({ progress, createdAt }: { progress: ProjectProgress; createdAt: Date }) {
  const all = steps(progress, createdAt)
  const done = all.filter((step) => step.at !== null).length
  const next = all.findIndex((step) => step.at === null)
  return (
    <Card>
      <CardHeader
        title="Getting connected"
        description="Each step ticks itself when real traffic does it."
        action={<Badge tone={done === all.length ? 'good' : 'neutral'}>{`${done} of ${all.length}`}</Badge>}
      />
      <CardBody>
        <ol aria-label="Setup steps" className="grid gap-y-4 sm:grid-cols-5 sm:gap-x-4">
          {all.map((step, index) => (
            <li key={step.title} className="flex gap-3 sm:grid sm:content-start sm:gap-2.5">
              <span className="flex items-center gap-3">
                <Tick done={step.at !== null} next={index === next} />
                <span
                  aria-hidden
                  className={classNames(
                    'hidden h-px flex-1 sm:block',
                    step.at ? 'bg-good' : 'bg-line-strong',
                    index === all.length - 1 && 'sm:hidden',
                  )}
                />
              </span>
              <div className="grid content-start gap-0.5 text-[13px]">
                <span className={classNames('font-medium', !step.at && index !== next && 'text-ink-soft')}>
                  {step.title}
                  <span className="sr-only">{step.at ? ' (done)' : ' (not yet)'}</span>
                </span>
                <span className="text-ink-faint text-xs">{step.at ? <RelativeTime at={step.at} /> : step.hint}</span>
              </div>
            </li>
          ))}
        </ol>
        {done < all.length && <LiveRefresh />}
      </CardBody>
    </Card>
  )
}

function Tick({ done, next }: { done: boolean; next: boolean }) {
  if (done) {
    return (
      <span aria-hidden className="grid size-5 shrink-0 place-items-center rounded-full bg-good text-surface">
        <Check className="size-3" strokeWidth={3} />
      </span>
    )
  }
  return <span aria-hidden className={classNames('size-5 shrink-0 rounded-full border-2', next ? 'border-accent' : 'border-line-strong')} />
}
