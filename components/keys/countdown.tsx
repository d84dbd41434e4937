'use client'

import { useEffect, useState } from 'react'
import { exact } from '../ui/exact-time.ts'

const HOUR = 3_600
const DAY = 24 * HOUR

/** What is left of an overlap, in two units at most; its exact end on hover. */
export function Countdown({ to }: { to: Date }) {
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1_000)
    return () => clearInterval(timer)
  }, [])
  const end = new Date(to)
  return (
    <time dateTime={end.toISOString()} title={exact(end)} suppressHydrationWarning className="whitespace-nowrap tabular-nums">
      {left(Math.round((end.getTime() - Date.now()) / 1_000))}
    </time>
  )
}

function left(seconds: number): string {
  if (seconds <= 0) return 'now'
  if (seconds >= DAY) return `in ${Math.floor(seconds / DAY)} d ${Math.floor((seconds % DAY) / HOUR)} h`
  if (seconds >= HOUR) return `in ${Math.floor(seconds / HOUR)} h ${Math.floor((seconds % HOUR) / 60)} min`
  return `in ${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
