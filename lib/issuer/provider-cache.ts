import { LRUCache } from 'lru-cache'
import { isJsonMediaType } from '#lib/oauth/json-body.ts'
import { discoveryUrl, type ProviderMetadata, parseProviderMetadata } from '#lib/oauth/provider-metadata.ts'
import type { Fetched } from '#lib/outbound/fetch.ts'
import { OutboundRefused } from '#lib/outbound/refused.ts'
import { freshSecondsOf } from './freshness.ts'
import type { Caller, ProjectFetch } from './outbound-throttle.ts'

const MAX_BYTES = 64 * 1024
/** Where nothing good came, it may have been a hiccup. */
const REST_MS = 10_000
/** So long a good document outlives the failure of its host. */
const STALE_MS = 86_400_000

type Outcome = ProviderMetadata | 'unavailable' | 'invalid'
/** Moments are on the cache's clock. */
type Entry = { readonly outcome: Outcome; readonly readAt: number; readonly freshUntil: number }

/** What identity providers say of themselves (OpenID Connect Discovery §4), by their issuer. A bad document never replaces a good one. */
export function providerCache(fetch: ProjectFetch, now: () => number, mayFetch: (url: string) => boolean) {
  const known = new LRUCache<string, Entry>({ max: 1_000 })
  const loading = new Map<string, Promise<Outcome>>()

  async function load(issuer: string, before: Entry | undefined, caller: Caller): Promise<Outcome> {
    const { outcome, freshSeconds } = await read(issuer, caller)
    const at = now()
    const isGood = typeof outcome !== 'string'
    const kept = !isGood && before && typeof before.outcome !== 'string' && at - before.readAt < STALE_MS ? before : null
    known.set(issuer, { outcome, readAt: at, ...kept, freshUntil: at + (isGood ? freshSeconds * 1000 : REST_MS) })
    return kept?.outcome ?? outcome
  }

  async function read(issuer: string, caller: Caller): Promise<{ outcome: Outcome; freshSeconds: number }> {
    const answer = await fetched(issuer, fetch, caller)
    if (answer?.status !== 200 || !isJsonMediaType(answer.headers['content-type'])) return { outcome: 'unavailable', freshSeconds: 0 }
    const parsed = parseProviderMetadata(answer.body, issuer, mayFetch)
    return { outcome: typeof parsed === 'string' ? 'invalid' : parsed, freshSeconds: freshSecondsOf(answer.headers) }
  }

  return async (issuer: string, caller: Caller): Promise<Outcome> => {
    const entry = known.get(issuer)
    if (entry && now() < entry.freshUntil) return entry.outcome
    const running = loading.get(issuer)
    if (running) return running
    const started = load(issuer, entry, caller).finally(() => loading.delete(issuer))
    loading.set(issuer, started)
    return started
  }
}

async function fetched(issuer: string, fetch: ProjectFetch, caller: Caller): Promise<Fetched | null> {
  try {
    return await fetch(discoveryUrl(issuer), { maxBytes: MAX_BYTES, accept: 'application/json' }, caller)
  } catch (error) {
    if (error instanceof OutboundRefused) return null
    throw error
  }
}
