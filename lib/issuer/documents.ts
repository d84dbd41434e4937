import { LRUCache } from 'lru-cache'
import { MAX_DOCUMENT_BYTES, parseClientDocument } from '#lib/oauth/client-id-metadata-document.ts'
import type { MetadataRules } from '#lib/oauth/client-metadata.ts'
import type { ClientDocument } from '#lib/oauth/context.ts'
import { OAuthError } from '#lib/oauth/errors.ts'
import { isJsonMediaType } from '#lib/oauth/json-body.ts'
import type { Fetched } from '#lib/outbound/fetch.ts'
import { unlessRefused } from '#lib/outbound/refused.ts'
import { freshSecondsOf } from './freshness.ts'
import type { Caller, ProjectFetch } from './outbound-throttle.ts'
import { singleFlight } from './single-flight.ts'

/** So long a good document outlives the failure of its host (stale-if-error, RFC 5861 §4). */
const STALE_MS = 7 * 86_400_000
const MAX_ETAG_CHARACTERS = 256

/** Moments are on the cache's clock. */
type Entry = {
  readonly metadata: ClientDocument['metadata']
  readonly etag: string | undefined
  readonly readAt: number
  readonly freshUntil: number
}
type Outcome = ClientDocument | 'unavailable' | 'invalid'

/**
 * Client ID metadata documents by their URL. Holds what the document says and no project's opinion of it; only good ones, so a failure
 * is never kept and a bad document never replaces a good one.
 */
export function documentCache(fetch: ProjectFetch, now: () => number, rules: MetadataRules) {
  const known = new LRUCache<string, Entry>({ max: 2_000 })
  const loading = singleFlight<Outcome>()

  const shown = ({ metadata, readAt }: Entry): ClientDocument => ({ metadata, ageSeconds: (now() - readAt) / 1000 })

  async function load(url: string, before: Entry | undefined, caller: Caller): Promise<Outcome> {
    const found = await read(url, before, caller)
    if (typeof found !== 'string') {
      known.set(url, found)
      return shown(found)
    }
    if (before && now() - before.readAt < STALE_MS) return shown(before)
    return found
  }

  async function read(url: string, before: Entry | undefined, caller: Caller): Promise<Entry | 'unavailable' | 'invalid'> {
    const headers = before?.etag === undefined ? {} : { 'if-none-match': before.etag }
    const answer = await unlessRefused(fetch(url, { maxBytes: MAX_DOCUMENT_BYTES, accept: 'application/json', headers }, caller))
    if (!answer) return 'unavailable'
    const times = { readAt: now(), freshUntil: now() + freshSecondsOf(answer.headers) * 1000 }
    if (answer.status === 304 && before?.etag) return { ...before, ...times }
    if (answer.status !== 200 || !isJsonMediaType(answer.headers['content-type'])) return 'unavailable'
    try {
      return { metadata: parseClientDocument(answer.body, url, rules), etag: etagOf(answer), ...times }
    } catch (error) {
      if (error instanceof OAuthError) return 'invalid'
      throw error
    }
  }

  return async (url: string, caller: Caller, maxAgeSeconds = Number.POSITIVE_INFINITY): Promise<Outcome> => {
    const entry = known.get(url)
    if (entry && now() < entry.freshUntil && shown(entry).ageSeconds < maxAgeSeconds) return shown(entry)
    return loading.run(url, () => load(url, entry, caller))
  }
}

const etagOf = ({ headers }: Fetched): string | undefined =>
  headers.etag && headers.etag.length <= MAX_ETAG_CHARACTERS ? headers.etag : undefined
