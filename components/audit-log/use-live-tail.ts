'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import type { AuditEvent } from '#lib/management/audit-log/event.ts'
import type { AuditTail } from '#lib/management/audit-log/tail.ts'

const EVERY_MS = 3_000
/** After a failure the next tries come slower, at most this far apart. */
const SLOWEST_MS = 30_000

export type LiveState = 'off' | 'live' | 'waiting' | 'ended'

type Live = {
  /** Where it asks; null: it is off. */
  readonly href: string | null
  /** The newest event on the page. */
  readonly newest: string | undefined
  readonly onEvents: (events: readonly AuditEvent[], isCut: boolean) => void
}

/**
 * Asks for what is new every few seconds, as long as the page is looked at. Asking beats a stream that stays open: it holds no
 * connection of the server's, passes every proxy, and the session is looked at each time, so that a signed-out member hears no more.
 */
export function useLiveTail({ href, newest, onEvents }: Live): LiveState {
  const [state, setState] = useState<LiveState>('off')
  const heard = useEffectEvent(onEvents)
  const first = useEffectEvent(() => newest)

  useEffect(() => {
    if (href === null) return setState('off')
    let [after, wait, timer]: [string | undefined, number, ReturnType<typeof setTimeout> | undefined] = [first(), EVERY_MS, undefined]
    const stop = new AbortController()
    setState('live')

    const ask = async () => {
      const answer = await tailFrom(href, after, stop.signal)
      if (stop.signal.aborted) return
      if (answer === 'ended') return setState('ended')
      setState(answer === 'failed' ? 'waiting' : 'live')
      wait = answer === 'failed' ? Math.min(wait * 2, SLOWEST_MS) : EVERY_MS
      if (answer !== 'failed') {
        after = answer.after ?? after
        heard(answer.events, answer.isCut)
      }
      next(wait)
    }
    const next = (milliseconds: number) => {
      clearTimeout(timer)
      timer = undefined
      if (!document.hidden) timer = setTimeout(() => void ask(), milliseconds)
    }
    const onVisibility = () => next(0)
    document.addEventListener('visibilitychange', onVisibility)
    next(0)
    return () => {
      stop.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [href])

  return state
}

async function tailFrom(href: string, after: string | undefined, signal: AbortSignal): Promise<AuditTail | 'failed' | 'ended'> {
  try {
    const response = await fetch(`${href}${after ? `&after=${after}` : ''}`, { signal, redirect: 'manual', cache: 'no-store' })
    // To be sent to the sign-in page, or told that there is no such project: it is no longer ours to see.
    if (response.type === 'opaqueredirect' || (response.status >= 400 && response.status < 500)) return 'ended'
    if (!response.ok) return 'failed'
    const tail = (await response.json()) as AuditTail
    return { ...tail, events: tail.events.map((event) => ({ ...event, at: new Date(event.at) })) }
  } catch {
    return 'failed'
  }
}
