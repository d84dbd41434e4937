'use client'

import { useEffect, useState } from 'react'
import type { SearchHit } from '#lib/management/search-hits/find.ts'

export type FindHits = (project: string, query: string) => Promise<readonly SearchHit[]>

const PAUSE_MS = 150
const SHORTEST = 2

/** What the server finds for what stands in the field now; an answer that comes too late is dropped. */
export function useHits(project: string | null, query: string, find: FindHits): readonly SearchHit[] {
  const [answer, setAnswer] = useState<{ query: string; hits: readonly SearchHit[] }>({ query: '', hits: [] })
  useEffect(() => {
    if (project === null || query.length < SHORTEST) return
    let late = false
    const timer = setTimeout(async () => {
      const hits = await find(project, query)
      if (!late) setAnswer({ query, hits })
    }, PAUSE_MS)
    return () => {
      late = true
      clearTimeout(timer)
    }
  }, [project, query, find])
  return answer.query === query ? answer.hits : []
}
