import type { ListAuditEventsInput } from '#lib/management/audit-log/inputs.ts'
import { VIEW_PARAMETERS } from '#lib/management/saved-views/inputs.ts'

/** A filter as the address says it; what is absent does not narrow. */
export type LogFilter = Partial<Readonly<Record<(typeof VIEW_PARAMETERS)[number], string>>>

/** Spans that the filter offers, in hours. */
export const RANGES: Readonly<Record<string, { readonly label: string; readonly hours: number }>> = {
  '1h': { label: 'Last hour', hours: 1 },
  '24h': { label: 'Last 24 hours', hours: 24 },
  '7d': { label: 'Last 7 days', hours: 168 },
  '30d': { label: 'Last 30 days', hours: 720 },
}

/** `one` gives a parameter's value, undefined where there is none. */
export function filterFrom(one: (name: string) => string | undefined): LogFilter {
  return Object.fromEntries(VIEW_PARAMETERS.map((name) => [name, one(name)] as const).filter(([, value]) => value !== undefined))
}

export const isFiltered = (filter: LogFilter): boolean => Object.keys(filter).length > 0

export const queryOf = (filter: LogFilter): string => new URLSearchParams(filter as Record<string, string>).toString()

/** As `listAuditEvents` takes it: a kind is one action or a whole step, times are UTC, an explicit time wins over a span. */
export function inputFrom(
  { kind, range, from, to, ...rest }: LogFilter,
  now: Date,
): Record<string, string | undefined> & ListAuditEventsInput {
  const span = range === undefined ? undefined : RANGES[range]
  const start = span && new Date(now.getTime() - span.hours * 3_600_000).toISOString()
  const narrowed = {
    ...rest,
    ...(kind === undefined ? {} : kind.includes('.') ? { action: kind } : { step: kind }),
    ...timeOf('from', from === undefined ? start : momentOf(from)),
    ...timeOf('to', to === undefined ? undefined : momentOf(to)),
  }
  // The words of an address are anybody's; the verb's schema judges them.
  return narrowed as Record<string, string | undefined> & ListAuditEventsInput
}

const timeOf = (name: 'from' | 'to', value: string | undefined) => (value === undefined ? {} : { [name]: value })

/** What a date field sends, `2026-11-21T18:00`, taken as UTC; a full moment as it is. */
const momentOf = (text: string): string => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `${text}T00:00:00Z`
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return `${text}:00Z`
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text) ? `${text}Z` : text
}
