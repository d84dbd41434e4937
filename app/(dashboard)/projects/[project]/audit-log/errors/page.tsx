import { ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { type ErrorGroup, groupErrors } from '#lib/management/audit-log/group-errors.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { ErrorTable } from '../../../../../../components/audit-log/error-table.tsx'
import { LogTabs } from '../../../../../../components/audit-log/log-tabs.tsx'
import { EmptyState } from '../../../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../../../components/layout/page.tsx'
import { classNames } from '../../../../../../components/ui/class-names.ts'
import { found, hrefWith, one } from '../../../../../search-params.ts'

export const metadata: Metadata = { title: 'Errors by kind' }

const SPANS = [
  { range: '24h', days: 1, label: '24 hours' },
  { range: '7d', days: 7, label: '7 days' },
  { range: '30d', days: 30, label: '30 days' },
] as const
type Span = (typeof SPANS)[number]

export default async function ErrorsPage({ params, searchParams }: PageProps<'/projects/[project]/audit-log/errors'>) {
  const ctx = await requireMember((await params).project)
  const range = one(await searchParams, 'range')
  const span = SPANS.find((each) => each.range === range) ?? SPANS[1]
  const { errors } = await found(groupErrors(ctx, { days: span.days }))
  const log = `/projects/${ctx.project.slug}/audit-log`
  return (
    <Page
      title="Audit log"
      description="What went wrong, by kind. Refusals that prove nothing of who asked are only counted, by the hour; the others are in the log one by one."
      action={<SpanLinks path={`${log}/errors`} current={span} />}
    >
      <LogTabs log={log} current="errors" />
      {errors.length > 0 ? (
        <ErrorTable errors={errors.map((group) => ({ ...group, href: eventsOf(log, group, span) }))} />
      ) : (
        <NothingWrong span={span} />
      )}
    </Page>
  )
}

function SpanLinks({ path, current }: { path: string; current: Span }) {
  return (
    <nav aria-label="Time" className="flex rounded-md border border-line-strong bg-surface p-0.5 shadow-card">
      {SPANS.map((span) => (
        <Link
          key={span.range}
          href={`${path}?range=${span.range}`}
          aria-current={span === current ? 'true' : undefined}
          className={classNames(
            'rounded px-2.5 py-1 text-[13px]',
            span === current ? 'bg-hover font-medium' : 'text-ink-soft hover:text-ink',
          )}
        >
          {span.label}
        </Link>
      ))}
    </nav>
  )
}

/** The recorded ones in the log: what one kind of event tells is found by it, a reason that several have by itself. */
function eventsOf(log: string, { code, places }: ErrorGroup, { range }: Span): string {
  const [action, ...others] = places.filter((place) => place.includes('.'))
  const isReason = others.length > 0
  const kind = others.length === 0 ? action : undefined
  return hrefWith(log, { kind, outcome: 'refused', reason: isReason ? code : undefined, range })
}

function NothingWrong({ span }: { span: Span }) {
  return (
    <EmptyState icon={ShieldCheck} title="Nothing went wrong">
      <p>
        In the last {span.label} no request of this project was refused. Refusals appear here within seconds, with their likely cause and
        what to do.
      </p>
    </EmptyState>
  )
}
