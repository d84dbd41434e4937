import { LRUCache } from 'lru-cache'
import { isJsonMediaType, jsonObjectOf } from '#lib/oauth/json-body.ts'
import type { JsonWebKeySet } from '#lib/oauth/json-web-key.ts'
import { unlessRefused } from '#lib/outbound/refused.ts'
import { freshSecondsOf } from './freshness.ts'
import type { Caller, ProjectFetch } from './outbound-throttle.ts'
import { singleFlight } from './single-flight.ts'

const MAX_BYTES = 64 * 1024
const MAX_KEYS = 100
/** A `kid` is a stranger's word: it makes us fetch at most this often. */
const AGAIN_MS = 60_000
/** Where nothing came at all, it may have been a hiccup. */
const REST_MS = 10_000
/** A set whose host fails still counts so long: shorter than a document, since a key may have been taken out for a reason. */
const STALE_MS = 86_400_000

/** `triedAt` and the other moments are on the cache's clock. */
type Entry = { readonly keys: JsonWebKeySet | null; readonly readAt: number; readonly freshUntil: number; readonly triedAt: number }

/** Key sets by their URL (RFC 7517 §5). */
export function keySetCache(fetch: ProjectFetch, now: () => number) {
  const known = new LRUCache<string, Entry>({ max: 1_000 })
  const loading = singleFlight<JsonWebKeySet | null>()

  async function load(url: string, before: Entry | undefined, caller: Caller): Promise<JsonWebKeySet | null> {
    const read = await fetched(url, fetch, caller)
    const at = now()
    const kept = before?.keys && at - before.readAt < STALE_MS ? before : null
    const entry: Entry = read
      ? { ...read, readAt: at, triedAt: at, freshUntil: at + read.freshSeconds * 1000 }
      : { ...NONE, ...kept, triedAt: at }
    known.set(url, entry)
    return entry.keys
  }

  return async (url: string, kid: string | undefined, caller: Caller): Promise<JsonWebKeySet | null> => {
    const running = loading.underWay(url)
    if (running) return running
    const entry = known.get(url)
    if (entry && (holds(entry, kid, now()) || now() - entry.triedAt < (entry.keys ? AGAIN_MS : REST_MS))) return entry.keys
    return loading.run(url, () => load(url, entry, caller))
  }
}

const NONE = { keys: null, readAt: 0, freshUntil: 0 } as const

const holds = ({ keys, freshUntil }: Entry, kid: string | undefined, at: number): boolean =>
  keys !== null && at < freshUntil && (kid === undefined || keys.keys.some((key) => key.kid === kid))

async function fetched(url: string, fetch: ProjectFetch, caller: Caller): Promise<{ keys: JsonWebKeySet; freshSeconds: number } | null> {
  const answer = await unlessRefused(fetch(url, { maxBytes: MAX_BYTES, accept: 'application/jwk-set+json, application/json' }, caller))
  if (answer?.status !== 200 || !isJsonMediaType(answer.headers['content-type'])) return null
  const keys = keySetOf(answer.body)
  return keys && { keys, freshSeconds: freshSecondsOf(answer.headers) }
}

/** Null for what is no set of public keys. One private key in it, and none is believed: the whole set has leaked. */
function keySetOf(body: Uint8Array): JsonWebKeySet | null {
  const parsed = jsonObjectOf(body)
  if (typeof parsed === 'string' || !Array.isArray(parsed.keys) || parsed.keys.length > MAX_KEYS) return null
  const keys = parsed.keys.filter((key) => typeof key === 'object' && key !== null && typeof key.kty === 'string')
  return keys.some((key) => key.kty === 'oct' || 'd' in key || 'k' in key) ? null : { keys }
}
