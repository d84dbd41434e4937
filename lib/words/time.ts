import type { UiLocale } from '#lib/oauth/ui-locales.ts'

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** `1 hour`, `90 minutes`: in the largest unit that leaves nothing over. */
export function durationIn(locale: UiLocale, seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['minute', 60]
  const count = Math.max(1, Math.round(seconds / size))
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

/** `3 days ago`, `yesterday`: true wherever the reader is, as a date without a time zone is not. */
export function agoIn(locale: UiLocale, at: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - at.getTime()) / 1000)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? ['second', Number.POSITIVE_INFINITY]
  return format.format(-Math.floor(seconds / size), unit)
}
