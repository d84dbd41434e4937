import { LRUCache } from 'lru-cache'
import type { Fetched, FetchOptions } from '#lib/outbound/fetch.ts'
import { OutboundRefused } from '#lib/outbound/refused.ts'

/** On whose behalf something is fetched. */
export type Caller = { readonly projectId: string; readonly address: string }

/** Throws `OutboundRefused`. */
export type ProjectFetch = (url: string, options: FetchOptions, caller: Caller) => Promise<Fetched>

export type PerMinute = { readonly host: number; readonly project: number; readonly address: number }

/** A vendor may publish a document for each of its users, so a host gets as much as a busy one needs. */
export const OF_STRANGERS: PerMinute = { host: 120, project: 300, address: 60 }
/** Chosen by a project's operator, one for all its users; some for all projects. A customer's server is one address. */
export const OF_PROVIDERS: PerMinute = { host: 6_000, project: 1_200, address: 600 }
/** So often in a row a host may fail before it is left in peace for a while. */
const FAILURES = 3
const REST_MS = 10_000

type Bucket = { tokens: number; at: number }
type Failures = { count: number; at: number }

/**
 * What keeps us from being somebody's weapon: anyone can name URLs for us to fetch. A token bucket per host, per project and
 * per address that asks, and a rest for a host that does not answer. In each process's memory, as the other limits are.
 */
export function outboundThrottle(
  fetch: (url: string, options: FetchOptions) => Promise<Fetched>,
  now: () => number,
  perMinute: PerMinute = OF_STRANGERS,
): ProjectFetch {
  const buckets = new LRUCache<string, Bucket>({ max: 10_000 })
  const failing = new LRUCache<string, Failures>({ max: 10_000 })

  const take = (key: string, most: number): void => {
    const { tokens, at } = buckets.get(key) ?? { tokens: most, at: now() }
    const filled = Math.min(most, tokens + ((now() - at) / 60_000) * most)
    if (filled < 1) throw new OutboundRefused('too_many')
    buckets.set(key, { tokens: filled - 1, at: now() })
  }

  return async (url, options, { projectId, address }) => {
    if (!URL.canParse(url)) throw new OutboundRefused('url')
    const { host } = new URL(url)
    const { count, at } = failing.get(host) ?? { count: 0, at: 0 }
    if (count >= FAILURES && now() - at < REST_MS) throw new OutboundRefused('too_many')
    take(`address ${projectId} ${address}`, perMinute.address)
    take(`project ${projectId}`, perMinute.project)
    take(`host ${host}`, perMinute.host)
    const failed = () => void failing.set(host, { count: (failing.get(host)?.count ?? 0) + 1, at: now() })
    try {
      const fetched = await fetch(url, options)
      if (fetched.status >= 500) failed()
      else failing.delete(host)
      return fetched
    } catch (error) {
      if (error instanceof OutboundRefused && ['name_unknown', 'connection', 'deadline'].includes(error.kind)) failed()
      throw error
    }
  }
}
