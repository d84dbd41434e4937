import { lookup } from 'node:dns/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { env } from '#lib/env.ts'
import { isLoopbackAddress, isPublicAddress } from './address.ts'
import { OutboundRefused } from './refused.ts'
import { type Target, targetOf } from './target.ts'

const CONNECT_MS = 3_000
const TOTAL_MS = 5_000
const MAX_PER_HOST = 4
const MAX_AT_ONCE = 64

export type Address = { readonly address: string; readonly family: number }

/** What tests replace: the names of the world, and the certificates it shows. Never what is refused. */
export type Outside = {
  readonly resolve: (hostname: string) => Promise<readonly Address[]>
  /** Further certificate authorities, PEM. */
  readonly ca?: string
  /** Where a checked public address is really served, for an origin that lives in the test. */
  readonly connectTo?: (address: Address, port: number) => { address: string; family: number; port: number }
}

const world: Outside = { resolve: (hostname) => lookup(hostname, { all: true, verbatim: true }) }

export type Fetched = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** `maxBytes` of body at most; `headers` in lower case. */
export type FetchOptions = { readonly maxBytes: number; readonly accept: string; readonly headers?: Readonly<Record<string, string>> }

const running = new Map<string, number>()
let total = 0

/**
 * The one way to fetch what a stranger names: GET, no redirects, no cookies, no proxy, one resolution whose every address is checked
 * and to one of which the connection is pinned, 3 s to connect, 5 s in all. Throws `OutboundRefused`, whatever happened.
 */
export async function fetchPublic(text: string, options: FetchOptions, outside: Outside = world): Promise<Fetched> {
  const target = targetOf(text, { developmentLoopback: env().OUTBOUND_LOOPBACK === 'on' })
  if (isOwnHost(target)) throw new OutboundRefused('own_host')
  const { hostname } = target
  const atHost = running.get(hostname) ?? 0
  if (atHost >= MAX_PER_HOST || total >= MAX_AT_ONCE) throw new OutboundRefused('too_many')
  running.set(hostname, atHost + 1)
  total++
  const deadline = AbortSignal.timeout(TOTAL_MS)
  try {
    const address = await within(deadline, checkedAddress(target, outside))
    return await get(target, address, options, outside, deadline)
  } catch (error) {
    if (error instanceof OutboundRefused) throw error
    throw new OutboundRefused(deadline.aborted ? 'deadline' : 'connection', error)
  } finally {
    total--
    const left = (running.get(hostname) ?? 1) - 1
    if (left === 0) running.delete(hostname)
    else running.set(hostname, left)
  }
}

/** Fetching ourselves would be a loop, or a way past whatever keeps strangers from our other doors. */
function isOwnHost({ hostname, port }: Target): boolean {
  const { BASE_URL, ISSUER_HOST } = env()
  const own = new URL(BASE_URL)
  if (hostname === own.hostname && port === Number(own.port || (own.protocol === 'https:' ? 443 : 80))) return true
  const issuerHost = ISSUER_HOST?.replace(/:\d+$/, '')
  return issuerHost !== undefined && (hostname === issuerHost || hostname.endsWith(`.${issuerHost}`))
}

/** All answers must be public, or a name could carry one good and one bad; then the first is taken, and nobody asks again. */
async function checkedAddress({ hostname }: Target, { resolve }: Outside): Promise<Address> {
  const addresses = await resolve(hostname).catch((error: unknown) => {
    throw new OutboundRefused('name_unknown', error)
  })
  const loopback = env().OUTBOUND_LOOPBACK === 'on' && (hostname === 'localhost' || hostname === '127.0.0.1')
  const allowed = loopback ? isLoopbackAddress : isPublicAddress
  const [first] = addresses
  if (!first) throw new OutboundRefused('name_unknown')
  if (!addresses.every(({ address }) => allowed(address))) throw new OutboundRefused('private_address')
  return first
}

function get(target: Target, address: Address, options: FetchOptions, outside: Outside, deadline: AbortSignal): Promise<Fetched> {
  const { url, hostname, port } = target
  const pinned = outside.connectTo?.(address, port) ?? { ...address, port }
  // Handed to the socket instead of a resolver: the name is not asked a second time.
  const pin: LookupFunction = (_name, { all }, done) =>
    all ? done(null, [{ address: pinned.address, family: pinned.family }]) : done(null, pinned.address, pinned.family)
  const settings = {
    method: 'GET',
    host: hostname,
    port: pinned.port,
    path: `${url.pathname}${url.search}`,
    lookup: pin,
    agent: false,
    signal: deadline,
    headers: { host: url.host, accept: options.accept, 'user-agent': `Gatehouse (+${env().BASE_URL})`, connection: 'close', ...options.headers },
  } as const
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? httpsRequest({ ...settings, servername: hostname, minVersion: 'TLSv1.2', ...(outside.ca ? { ca: outside.ca } : {}) })
        : httpRequest(settings)
    const connecting = setTimeout(() => request.destroy(new OutboundRefused('deadline')), CONNECT_MS)
    request.once('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting)))
    request.once('close', () => clearTimeout(connecting))
    request.once('error', reject)
    request.once('response', (response) => {
      read(response, options.maxBytes).then(resolve, (error: unknown) => {
        request.destroy()
        reject(error)
      })
    })
    request.end()
  })
}

async function read(response: IncomingMessage, maxBytes: number): Promise<Fetched> {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw new OutboundRefused('too_large')
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) throw new OutboundRefused('too_large')
    chunks.push(chunk)
  }
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]))
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) }
}

/** A resolver cannot be cancelled, but need not be waited for. */
function within<T>(deadline: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    deadline.addEventListener('abort', () => reject(new OutboundRefused('deadline')), { once: true })
    work.then(resolve, reject)
  })
}
