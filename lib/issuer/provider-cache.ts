import { LRUCache } from 'lru-cache'
import { isJsonMediaType } from '#lib/oauth/json-body.ts'
import { discoveryUrl, type ProviderMetadata, parseProviderMetadata } from '#lib/oauth/provider-metadata.ts'
import { unlessRefused } from '#lib/outbound/refused.ts'
import { freshSecondsOf } from './freshness.ts'
import type { Caller, ProjectFetch } from './outbound-throttle.ts'
import { singleFlight } from './single-flight.ts'

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
  const loading = singleFlight<Outcome>()

  async function load(issuer: string, before: Entry | undefined, caller: Caller): Promise<Outcome> {
    const { outcome, freshSeconds } = await read(issuer, caller)
    const at = now()
    const isGood = typeof outcome !== 'string'
    const kept = !isGood && before && typeof before.outcome !== 'string' && at - before.readAt < STALE_MS ? before : null
    known.set(issuer, { outcome, readAt: at, ...kept, freshUntil: at + (isGood ? freshSeconds * 1000 : REST_MS) })
    return kept?.outcome ?? outcome
  }

  async function read(issuer: string, caller: Caller): Promise<{ outcome: Outcome; freshSeconds: number }> {
    const answer = await unlessRefused(fetch(discoveryUrl(issuer), { maxBytes: MAX_BYTES, accept: 'application/json' }, caller))
    if (answer?.status !== 200 || !isJsonMediaType(answer.headers['content-type'])) return { outcome: 'unavailable', freshSeconds: 0 }
    const parsed = parseProviderMetadata(answer.body, issuer, mayFetch)
    return { outcome: typeof parsed === 'string' ? 'invalid' : parsed, freshSeconds: freshSecondsOf(answer.headers) }
  }

  return async (issuer: string, caller: Caller): Promise<Outcome> => {
    const entry = known.get(issuer)
    if (entry && now() < entry.freshUntil) return entry.outcome
    return loading.run(issuer, () => load(issuer, entry, caller))
  }
}
