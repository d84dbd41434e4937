import { lookup } from 'node:dns/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { env } from '#lib/env.ts'
import { isLoopbackAddress, isPublicAddress } from './address.ts'
import { OutboundRefused } from './refused.ts'
import { isLoopbackName, type Target, targetOf } from './target.ts'

const CONNECT_MS = 3_000
const TOTAL_MS = 5_000
const MAX_PER_HOST = 4
const MAX_AT_ONCE = 64
/** So many addresses of a name are tried, both families in turn (RFC 8305): a name may have one that leads nowhere from here. */
const MAX_ADDRESSES = 4
/** What we send may hold what a stranger typed. */
const MAX_SENT_BYTES = 64 * 1024

export type Address = { readonly address: string; readonly family: number }

/** What tests replace: the names of the world, the certificates it shows, its slowness. Never what is refused. */
export type Outside = {
  readonly resolve: (hostname: string) => Promise<readonly Address[]>
  /** Certificate authorities instead of the usual ones, PEM. */
  readonly ca?: string
  /** Where a checked public address is really served, for an origin that lives in the test. */
  readonly connectTo?: (address: Address) => Address & { readonly port: number }
  readonly connectMs?: number
  readonly totalMs?: number
}

const world: Outside = { resolve: (hostname) => lookup(hostname, { all: true, verbatim: true }) }

export type Fetched = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** `maxBytes` of an answer's body at most; `headers` in lower case. With `form`, `json` or `jsonText` it is a POST of that. */
export type FetchOptions = {
  readonly maxBytes: number
  readonly accept: string
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  readonly json?: object
  /** JSON that was signed as it stands. */
  readonly jsonText?: string
  /** Instead of five seconds in all. */
  readonly totalMs?: number
}

const running = new Map<string, number>()
let total = 0

/**
 * The one way to fetch what a stranger names: GET or POST, no redirects, no cookies, no proxy, one resolution whose every address is checked
 * and to which the connection is pinned, 3 s to connect, 5 s in all. Throws `OutboundRefused`, whatever happened.
 */
export async function fetchPublic(text: string, options: FetchOptions, outside: Outside = world): Promise<Fetched> {
  const target = targetOf(text, { developmentLoopback: env().OUTBOUND_LOOPBACK === 'on' })
  if (isOwnHost(target)) throw new OutboundRefused('own_host')
  const message = messageOf(options)
  if (message && message.body.length > MAX_SENT_BYTES) throw new OutboundRefused('too_large')
  const leave = enter(target.url.host)
  const deadline = AbortSignal.timeout(outside.totalMs ?? options.totalMs ?? TOTAL_MS)
  try {
    const addresses = await within(deadline, checkedAddresses(target, outside))
    return await exchange(target, addresses, { ...options, message }, outside, deadline)
  } catch (error) {
    if (error instanceof OutboundRefused) throw error
    throw new OutboundRefused(deadline.aborted ? 'deadline' : 'connection', error)
  } finally {
    leave()
  }
}

/** Few at a time, so that one slow host takes neither all our sockets nor more than its share of itself. */
function enter(host: string): () => void {
  const atHost = running.get(host) ?? 0
  if (atHost >= MAX_PER_HOST || total >= MAX_AT_ONCE) throw new OutboundRefused('too_many')
  running.set(host, atHost + 1)
  total++
  return () => {
    total--
    const left = (running.get(host) ?? 1) - 1
    if (left === 0) running.delete(host)
    else running.set(host, left)
  }
}

/** Fetching ourselves would be a loop, or a way past whatever keeps strangers from our other doors. */
function isOwnHost({ hostname, port }: Target): boolean {
  const { BASE_URL, ISSUER_HOST } = env()
  const own = new URL(BASE_URL)
  const sameName = hostname === own.hostname || (isLoopbackName(hostname) && isLoopbackName(own.hostname))
  if (sameName && port === Number(own.port || (own.protocol === 'https:' ? 443 : 80))) return true
  const issuerHost = ISSUER_HOST?.replace(/:\d+$/, '')
  return issuerHost !== undefined && (hostname === issuerHost || hostname.endsWith(`.${issuerHost}`))
}

/** All answers must be allowed, or a name could carry one good and one bad; and nobody asks again (DNS rebinding). */
async function checkedAddresses({ hostname }: Target, { resolve }: Outside): Promise<readonly Address[]> {
  const addresses = await resolve(hostname).catch((error: unknown) => {
    throw new OutboundRefused('name_unknown', error)
  })
  // Only the development switch lets such a name come as far as here.
  const allowed = isLoopbackName(hostname) ? isLoopbackAddress : isPublicAddress
  if (addresses.length === 0) throw new OutboundRefused('name_unknown')
  if (!addresses.every(({ address }) => allowed(address))) throw new OutboundRefused('private_address')
  return addresses.slice(0, MAX_ADDRESSES)
}

type Message = { readonly type: string; readonly body: Buffer }

/** Null for a GET. */
function messageOf({ form, json, jsonText }: FetchOptions): Message | null {
  if (form) return { type: 'application/x-www-form-urlencoded', body: Buffer.from(new URLSearchParams(form).toString()) }
  const text = jsonText ?? (json && JSON.stringify(json))
  return text === undefined ? null : { type: 'application/json', body: Buffer.from(text) }
}

function exchange(
  { url, hostname, port }: Target,
  checked: readonly Address[],
  options: FetchOptions & { readonly message: Message | null },
  outside: Outside,
  deadline: AbortSignal,
): Promise<Fetched> {
  const pinned = checked.map((address) => outside.connectTo?.(address) ?? { ...address, port })
  const { message } = options
  const settings = {
    method: message ? 'POST' : 'GET',
    host: hostname,
    port: pinned[0]?.port,
    path: `${url.pathname}${url.search}`,
    lookup: pinnedTo(pinned),
    autoSelectFamily: true,
    agent: false,
    signal: deadline,
    headers: {
      host: url.host,
      accept: options.accept,
      'accept-encoding': 'identity',
      'user-agent': `Gatehouse (+${env().BASE_URL})`,
      connection: 'close',
      ...options.headers,
      ...(message ? { 'content-type': message.type, 'content-length': message.body.length } : {}),
    },
  } as const
  // Said here, because an environment variable would switch the check off for the whole process.
  const servername = isIP(hostname) ? '' : hostname // RFC 6066 §3: never an address
  const tls = { servername, minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(outside.ca ? { ca: outside.ca } : {}) } as const
  const secure = url.protocol === 'https:'

  return new Promise((resolve, reject) => {
    const request = secure ? httpsRequest({ ...settings, ...tls }) : httpRequest(settings)
    const connecting = setTimeout(() => request.destroy(new OutboundRefused('deadline')), outside.connectMs ?? CONNECT_MS)
    let answered = false
    request.once('socket', (socket) => socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(connecting)))
    request.once('error', reject)
    request.once('close', () => {
      clearTimeout(connecting)
      if (!answered) reject(new OutboundRefused('connection'))
    })
    request.once('response', (response) => {
      answered = true
      read(response, options.maxBytes)
        .then(resolve, reject)
        .finally(() => request.destroy())
    })
    request.end(message?.body)
  })
}

/** Handed to the socket instead of a resolver: the name is not asked a second time. */
const pinnedTo =
  (addresses: readonly Address[]): LookupFunction =>
  (_name, { all }, done) => {
    const [first] = addresses
    if (all) done(null, [...addresses])
    else done(null, first?.address ?? '', first?.family)
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
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) }
}

/** A resolver cannot be cancelled, but need not be waited for. */
function within<T>(deadline: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    deadline.addEventListener('abort', () => reject(new OutboundRefused('deadline')), { once: true })
    work.then(resolve, reject)
  })
}
