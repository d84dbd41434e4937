import Link from 'next/link'
import type { Usage, UsageTotals } from '#lib/management/usage/get.ts'
import { USAGE_RANGES, type UsageRange } from '#lib/management/usage/inputs.ts'
import { reasonWords } from '../audit-log/reason-words.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { classNames } from '../ui/class-names.ts'
import { BarChart, type Series } from './bar-chart.tsx'
import { changeOf, slotName } from './usage-words.ts'

const RANGE_WORDS: Readonly<Record<UsageRange, string>> = { '24h': '24 hours', '7d': '7 days', '30d': '30 days', '90d': '90 days' }

const LIGHT_ACCENT = 'color-mix(in oklch, var(--accent) 45%, var(--surface))'

type Figure = {
  readonly title: string
  readonly total: (totals: UsageTotals) => number
  readonly series: readonly Series[]
  /** Of errors more is worse. */
  readonly worse?: 'up'
  /** Of days it is an average. */
  readonly perDay?: true
}

const FIGURES: readonly Figure[] = [
  {
    title: 'Tokens',
    total: ({ tokens, refreshes }) => tokens + refreshes,
    series: [
      { key: 'tokens', name: 'Issued', color: 'var(--accent)' },
      { key: 'refreshes', name: 'Refreshed', color: LIGHT_ACCENT },
    ],
  },
  {
    title: 'Active users',
    total: ({ activeUsers }) => activeUsers,
    series: [{ key: 'activeUsers', name: 'Active users', color: 'var(--accent)' }],
    perDay: true,
  },
  {
    title: 'Active clients',
    total: ({ activeClients }) => activeClients,
    series: [{ key: 'activeClients', name: 'Active clients', color: 'var(--accent)' }],
    perDay: true,
  },
  {
    title: 'Errors',
    total: ({ errors }) => errors,
    series: [{ key: 'errors', name: 'Errors', color: 'var(--bad)' }],
    worse: 'up',
  },
]

/** What came of the project in a stretch of time, beside the stretch before. `here`: the page, whose address keeps the range. */
export function UsageCard({ usage, here }: { usage: Usage; here: string }) {
  return (
    <Card id="usage">
      <CardHeader
        title="Usage"
        description={`By the ${usage.slot}, in UTC. Somebody is active who got a token or a refreshed one.`}
        action={<Ranges range={usage.range} here={here} />}
      />
      <CardBody className="gap-6">
        {FIGURES.some(({ total }) => total(usage.totals) > 0) ? <Figures usage={usage} /> : <NoneYet usage={usage} />}
      </CardBody>
    </Card>
  )
}

function Figures({ usage }: { usage: Usage }) {
  return (
    <>
      <div className="grid gap-x-8 gap-y-7 md:grid-cols-2">
        {FIGURES.map((figure) => (
          <UsageFigure key={figure.title} figure={figure} usage={usage} />
        ))}
      </div>
      {usage.errors.length > 0 && <ErrorCodes usage={usage} />}
      <UsageTable usage={usage} />
    </>
  )
}

/** Four charts of nothing would say less. */
const NoneYet = ({ usage: { range, slot } }: { usage: Usage }) => (
  <p className="rounded-lg border border-dashed px-6 py-8 text-center text-[13px] text-ink-soft">
    No token and no error in the last {RANGE_WORDS[range]}. With the first token a client gets, tokens, active users, active clients and
    errors are drawn here by the {slot}.
  </p>
)

function Ranges({ range, here }: { range: UsageRange; here: string }) {
  return (
    <nav aria-label="Range" className="flex gap-0.5 rounded-lg border bg-sunken p-0.5 text-[13px]">
      {USAGE_RANGES.map((each) => (
        <Link
          key={each}
          href={`${here}?range=${each}`}
          scroll={false}
          aria-current={each === range ? 'true' : undefined}
          className={classNames(
            'rounded-md px-2.5 py-0.5 tabular-nums',
            each === range ? 'bg-surface font-medium shadow-card' : 'text-ink-soft hover:text-ink',
          )}
        >
          <span aria-hidden>{each}</span>
          <span className="sr-only">{RANGE_WORDS[each]}</span>
        </Link>
      ))}
    </nav>
  )
}

function UsageFigure({ figure, usage }: { figure: Figure; usage: Usage }) {
  const { title, total, series, worse, perDay } = figure
  const now = total(usage.totals)
  const unit = perDay && usage.range !== '24h' ? 'a day, on average' : `in ${RANGE_WORDS[usage.range]}`
  return (
    <figure className="grid min-w-0 gap-2">
      <figcaption className="grid gap-0.5">
        <span className="flex flex-wrap items-baseline justify-between gap-x-3 text-[13px] text-ink-soft">
          {title}
          {series.length > 1 && <Legend series={series} />}
        </span>
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold text-xl tabular-nums tracking-[-0.02em]">{now.toLocaleString('en')}</span>
          <span className="text-ink-faint text-xs">{unit}</span>
          {usage.before && <Change now={now} before={total(usage.before)} worse={worse} />}
        </span>
      </figcaption>
      <BarChart points={usage.points.map(({ ...point }) => point)} series={series} slot={usage.slot} />
    </figure>
  )
}

const Legend = ({ series }: { series: readonly Series[] }) => (
  <span className="flex gap-3 text-ink-faint text-xs">
    {series.map(({ key, name, color }) => (
      <span key={key} className="flex items-center gap-1.5">
        <span aria-hidden className="size-2 rounded-[2px]" style={{ background: color }} />
        {name}
      </span>
    ))}
  </span>
)

function Change({ now, before, worse = undefined }: { now: number; before: number; worse?: 'up' | undefined }) {
  const change = changeOf(now, before)
  if (!change) return null
  const tone = worse === undefined || change.direction === 'same' ? 'text-ink-soft' : change.direction === worse ? 'text-bad' : 'text-good'
  return (
    <span className={classNames('font-medium text-xs tabular-nums', tone)} title={`${before.toLocaleString('en')} in the period before`}>
      {change.text}
      <span className="sr-only"> against {before.toLocaleString('en')} in the period before</span>
    </span>
  )
}

const MOST_CODES = 6

function ErrorCodes({ usage: { errors } }: { usage: Usage }) {
  const most = errors[0]?.count ?? 1
  return (
    <div className="grid gap-2">
      <h3 className="font-medium text-[13px]">Errors by code</h3>
      <ul className="grid gap-1.5">
        {errors.slice(0, MOST_CODES).map(({ code, count }) => (
          <li
            key={code}
            className="relative flex min-w-0 items-center justify-between gap-3 overflow-hidden rounded-md px-2.5 py-1.5 text-[13px]"
          >
            <span aria-hidden className="absolute inset-y-0 left-0 bg-bad-soft" style={{ width: `${(count / most) * 100}%` }} />
            <span className="relative min-w-0">
              <code className="wrap-anywhere font-mono text-[12.5px]">{code}</code>
              <span className="ml-2 text-ink-soft max-sm:hidden">{reasonWords(code)?.says}</span>
            </span>
            <span className="relative tabular-nums">{count.toLocaleString('en')}</span>
          </li>
        ))}
      </ul>
      {errors.length > MOST_CODES && <p className="text-ink-faint text-xs">{errors.length - MOST_CODES} more kinds.</p>}
    </div>
  )
}

/** What the charts draw, for those who do not see them, and for exact numbers. */
function UsageTable({ usage: { points, slot } }: { usage: Usage }) {
  return (
    <details className="group text-[13px]">
      <summary className="w-fit rounded text-ink-soft hover:text-ink">Show as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <section tabIndex={0} aria-label="Usage as a table" className="mt-3 max-h-96 overflow-auto rounded-lg border">
        <table className="w-full text-left tabular-nums">
          <thead className="sticky top-0 bg-sunken text-ink-soft">
            <tr>
              {['Time', 'Issued', 'Refreshed', 'Active users', 'Active clients', 'Errors'].map((name, index) => (
                <th key={name} scope="col" className={classNames('whitespace-nowrap px-3 py-2 font-medium', index > 0 && 'text-right')}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map(({ at, ...point }) => (
              <tr key={at.toISOString()} className="border-t">
                <th scope="row" className="whitespace-nowrap px-3 py-1.5 font-normal">
                  {slotName(at, slot)}
                </th>
                {[point.tokens, point.refreshes, point.activeUsers, point.activeClients, point.errors].map((value, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns are these, in this order.
                  <td key={index} className="px-3 py-1.5 text-right">
                    {value.toLocaleString('en')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
