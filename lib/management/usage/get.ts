import { read } from '#lib/db/transaction.ts'
import { sightingOfCount } from '../audit-log/error-code.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type GetUsageInput, getUsageInput, type UsageRange } from './inputs.ts'
import { DAY_MS, rollUpUsage, settledUntil, startOfDay } from './roll-up.ts'
import { type ErrorTally, NOTHING, type SlotTally, type Span, type Tally, tally, tallyErrors } from './tally.ts'

const HOUR_MS = 3_600_000
const DAYS: Readonly<Record<Exclude<UsageRange, '24h'>, number>> = { '7d': 7, '30d': 30, '90d': 90 }

export type UsagePoint = Tally & { readonly at: Date; readonly errors: number }

export type UsageTotals = Tally & { readonly errors: number }

export type Usage = {
  readonly range: UsageRange
  readonly slot: 'hour' | 'day'
  /** One for every hour or day, the oldest first, also where there was nothing. */
  readonly points: readonly UsagePoint[]
  /** Of the 24 hours active users and clients are counted once; of days it is how many there were on an average day. */
  readonly totals: UsageTotals
  /** The same of the period before, which ends as long after its last slot began as this one. Null: the project is younger than that. */
  readonly before: UsageTotals | null
  /** By the codes that `groupErrors` uses, the most frequent first. */
  readonly errors: readonly { readonly code: string; readonly count: number }[]
}

type Counted = { readonly slots: readonly SlotTally[]; readonly errors: readonly ErrorTally[]; readonly total: Tally | null }

/** How much the project was used, and what it refused. Throws `forbidden`, `invalid`. */
export async function getUsage(ctx: ManagementContext, input: GetUsageInput = {}): Promise<Usage> {
  requirePermission(ctx, 'project:read')
  const { range } = parseInput(getUsageInput, input)
  const projectId = ctx.project.id
  const now = ctx.now()
  const slot = range === '24h' ? 'hour' : 'day'
  const slotMs = slot === 'hour' ? HOUR_MS : DAY_MS
  const span = spanOf(range, now)
  const lengthMs = range === '24h' ? 24 * HOUR_MS : DAYS[range] * DAY_MS
  const earlier = { from: earlierBy(span.from, lengthMs), until: earlierBy(span.until, lengthMs) }
  if (range !== '24h') await rollUpUsage({ projectId, now })

  const count = (part: Span) => (range === '24h' ? countHours(projectId, part) : countDays(projectId, part, settledUntil(now)))
  const [project, current, past] = await Promise.all([
    read((db) => db.project.findUnique({ where: { id: projectId }, select: { createdAt: true } })),
    count(span),
    count(earlier),
  ])
  const slots = lengthMs / slotMs
  return {
    ...{ range, slot },
    points: pointsOf(current, span.from, slots, slotMs),
    totals: totalsOf(current, slots),
    before: project && project.createdAt < span.from ? totalsOf(past, slots) : null,
    errors: errorsByCode(current.errors),
  }
}

const earlierBy = (moment: Date, milliseconds: number): Date => new Date(moment.getTime() - milliseconds)

function spanOf(range: UsageRange, now: Date): Span {
  if (range === '24h') return { from: earlierBy(new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS), 23 * HOUR_MS), until: now }
  return { from: earlierBy(startOfDay(now), (DAYS[range] - 1) * DAY_MS), until: now }
}

async function countHours(projectId: string, span: Span): Promise<Counted> {
  const [counted, errors] = await Promise.all([tally(projectId, span, 'hour'), tallyErrors(projectId, span, 'hour')])
  return { ...counted, errors }
}

/** Whole days that are rolled up from there; what is cut off or still goes on, from the rows. */
async function countDays(projectId: string, span: Span, settled: Date): Promise<Counted> {
  const whole = new Date(Math.min(startOfDay(span.until).getTime(), settled.getTime()))
  const rest = { from: whole, until: span.until }
  const [days, live, liveErrors] = await Promise.all([
    read((db) => db.usageDay.findMany({ where: { projectId, day: { gte: span.from, lt: whole } } })),
    tally(projectId, rest, 'day'),
    tallyErrors(projectId, rest, 'day'),
  ])
  const slots = new Map<number, SlotTally>()
  for (const { day, kind, count } of days) {
    const name = COLUMNS[kind]
    if (name) slots.set(day.getTime(), { ...(slots.get(day.getTime()) ?? { at: day, ...NOTHING }), [name]: count })
  }
  const errors = days.filter(({ kind }) => kind === 'errors').map(({ day, key, count }) => ({ at: day, code: key, count }))
  return { slots: [...slots.values(), ...live.slots], errors: [...errors, ...liveErrors], total: null }
}

const COLUMNS: Readonly<Record<string, keyof Tally>> = {
  tokens: 'tokens',
  refreshes: 'refreshes',
  active_users: 'activeUsers',
  active_clients: 'activeClients',
}

function pointsOf({ slots, errors }: Counted, from: Date, length: number, slotMs: number): UsagePoint[] {
  const tallies = new Map(slots.map((each) => [each.at.getTime(), each]))
  const refused = new Map<number, number>()
  for (const { at, count } of errors) refused.set(at.getTime(), (refused.get(at.getTime()) ?? 0) + count)
  return Array.from({ length }, (_, i) => {
    const at = new Date(from.getTime() + i * slotMs)
    return { ...NOTHING, ...tallies.get(at.getTime()), at, errors: refused.get(at.getTime()) ?? 0 }
  })
}

function totalsOf({ slots, errors, total }: Counted, length: number): UsageTotals {
  const sum = (name: keyof Tally) => slots.reduce((all, each) => all + each[name], 0)
  const average = (name: keyof Tally) => Math.round((sum(name) / length) * 10) / 10
  return {
    ...(total ?? {
      ...{ tokens: sum('tokens'), refreshes: sum('refreshes') },
      ...{ activeUsers: average('activeUsers'), activeClients: average('activeClients') },
    }),
    errors: errors.reduce((all, { count }) => all + count, 0),
  }
}

function errorsByCode(errors: readonly ErrorTally[]): Usage['errors'] {
  const counts = new Map<string, number>()
  for (const { code: kind, count, at } of errors) {
    const code = sightingOfCount({ kind: `rejected:${kind}`, count, first: at, last: at })?.code ?? kind
    counts.set(code, (counts.get(code) ?? 0) + count)
  }
  return [...counts].map(([code, count]) => ({ code, count })).toSorted((a, b) => b.count - a.count || a.code.localeCompare(b.code))
}
