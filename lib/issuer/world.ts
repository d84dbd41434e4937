import { env } from '#lib/env.ts'
import type { OutboundAnswer, OutboundQuestion, World } from '#lib/oauth/context.ts'
import { type Fetched, type FetchOptions, fetchPublic } from '#lib/outbound/fetch.ts'
import { OutboundRefused, unlessRefused } from '#lib/outbound/refused.ts'
import { isFetchable } from '#lib/outbound/target.ts'
import { documentCache } from './documents.ts'
import { keySetCache } from './key-sets.ts'
import { type Caller, OF_PROVIDERS, outboundThrottle, type ProjectFetch } from './outbound-throttle.ts'
import { pictureReader, type ReadPicture } from './pictures.ts'
import { providerCache } from './provider-cache.ts'
import { resolveIssuer } from './resolve.ts'

/** Throws `OutboundRefused`. */
export type Fetch = (url: string, options: FetchOptions) => Promise<Fetched>

/** `now`: milliseconds on a clock that never goes back. */
export type WorldOptions = { readonly fetch: Fetch; readonly now: () => number; readonly developmentLoopback: boolean }

/** The world as a project sees it: what is published is shared by all projects, what it costs to fetch is not. */
export type WorldOf = (projectId: string, address: string) => World & Pictures

/** What only pages look at. Nothing of it is cached. */
export type Pictures = { picture(url: string): Promise<ReadPicture> }

export function worldWith({ fetch, now, developmentLoopback }: WorldOptions): WorldOf {
  const throttled = outboundThrottle(fetch, now)
  const mayFetch = (url: string) => isFetchable(url, { developmentLoopback })
  // Whether a project lets a client have such a redirect URI is that project's opinion, and not kept with the document.
  const documents = documentCache(throttled, now, { privateUseSchemes: true, mayFetch })
  const keySets = keySetCache(throttled, now)
  const pictures = pictureReader(throttled)
  const ofProviders = outboundThrottle(fetch, now, OF_PROVIDERS)
  const providers = providerCache(ofProviders, now, mayFetch)
  return (projectId, address) => ({
    developmentLoopback,
    mayFetch,
    clientDocument: (url, maxAgeSeconds) => documents(url, { projectId, address }, maxAgeSeconds),
    keys: (jwksUri, kid) => keySets(jwksUri, kid, { projectId, address }),
    picture: (url) => pictures(url, { projectId, address }),
    provider: (issuer) => providers(issuer, { projectId, address }),
    ask: (question) => askProvider(question, ofProviders, { projectId, address }),
  })
}

const MAX_ANSWER_BYTES = 64 * 1024

async function askProvider({ url, headers, form }: OutboundQuestion, fetch: ProjectFetch, caller: Caller): Promise<OutboundAnswer | null> {
  const options = { maxBytes: MAX_ANSWER_BYTES, accept: 'application/json', ...(headers ? { headers } : {}), ...(form ? { form } : {}) }
  const answer = await unlessRefused(fetch(url, options, caller))
  return answer && { status: answer.status, mediaType: answer.headers['content-type'], body: answer.body }
}

const WORLD: unique symbol = Symbol.for('gatehouse.world')
/** Next's bundle and ours are two copies of this module in one process: a page must show the document that approval will see. */
const shared = globalThis as typeof globalThis & { [WORLD]?: WorldOf }

/** The real one, one for the process. */
export function worldOf(projectId: string, address: string): World & Pictures {
  shared[WORLD] ??= worldWith({
    fetch: fetchFromStrangers,
    now: () => performance.now(),
    developmentLoopback: env().OUTBOUND_LOOPBACK === 'on',
  })
  return shared[WORLD](projectId, address)
}

/** Nobody's issuer is a stranger: fetching one would be a loop through ourselves. */
async function fetchFromStrangers(url: string, options: FetchOptions): Promise<Fetched> {
  const ours = await resolveIssuer(new URL(url).origin).catch((error: unknown) => {
    throw new OutboundRefused('own_host', error) // who cannot be told from us is not asked
  })
  if (ours) throw new OutboundRefused('own_host')
  return fetchPublic(url, options)
}
