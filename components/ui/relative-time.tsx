'use client'

import { useEffect, useState } from 'react'
import { exact } from './exact-time.ts'

const STEPS: readonly (readonly [seconds: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [60, 'second'],
  [3600, 'minute'],
  [86_400, 'hour'],
  [604_800, 'day'],
  [2_629_800, 'week'],
  [31_557_600, 'month'],
  [Number.POSITIVE_INFINITY, 'year'],
]
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })

/** `3 min. ago`, with the exact time on hover. Takes an ISO string, because a Date does not survive every boundary. */
export function RelativeTime({ at, never = 'Never' }: { at: string | Date | null; never?: string }) {
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 30_000)
    return () => clearInterval(timer)
  }, [])

  if (!at) return <span className="text-ink-faint">{never}</span>
  const moment = new Date(at)
  return (
    <time dateTime={moment.toISOString()} title={exact(moment)} suppressHydrationWarning className="whitespace-nowrap">
      {relative(moment, Date.now())}
    </time>
  )
}

function relative(moment: Date, now: number): string {
  const seconds = Math.round((moment.getTime() - now) / 1000)
  const distance = Math.abs(seconds)
  if (distance < 10) return 'just now'
  let size = 1
  for (const [limit, unit] of STEPS) {
    if (distance < limit) return words.format(seconds > 0 ? Math.round(seconds / size) : Math.trunc(seconds / size), unit)
    size = limit
  }
  return exact(moment)
}
