/** A point of time as its slot is called; UTC, as the slots are. */
const HOUR = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' })
const DAY = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' })

export const slotLabel = (at: Date, slot: 'hour' | 'day'): string => (slot === 'hour' ? HOUR : DAY).format(at)

/** With what a table or a tooltip has room for. */
export const slotName = (at: Date, slot: 'hour' | 'day'): string =>
  slot === 'hour' ? `${DAY.format(at)}, ${HOUR.format(at)} UTC` : `${DAY.format(at)} (UTC)`

/** `+12%`, `−40%`, `new`; null where neither period had any. */
export function changeOf(now: number, before: number): { text: string; direction: 'up' | 'down' | 'same' } | null {
  if (before === 0) return now === 0 ? null : { text: 'new', direction: 'up' }
  const percent = Math.round(((now - before) / before) * 100)
  if (percent === 0) return { text: '±0%', direction: 'same' }
  return percent > 0 ? { text: `+${percent.toLocaleString('en')}%`, direction: 'up' } : { text: `−${-percent}%`, direction: 'down' }
}
