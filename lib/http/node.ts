import type { IncomingMessage, ServerResponse } from 'node:http'
import { pathBelowIssuer } from '#lib/issuer/context-for.ts'
import { answer } from './endpoint.ts'
import { BodyRefused, type HttpReply, type HttpRequest } from './message.ts'
import { endpointAt, isIssuerPage, type Name } from './surface.ts'

/** Files the issuer's pages load, and the one path that speaks for the whole installation. */
const ANY_HOST = /^\/(?:_next\/static\/|[a-z0-9-]+\.(?:svg|ico|png|webp)$|api\/health$)/
/** On the shared host: paths that are an issuer's, whether or not one was named. */
const PROTOCOL = /^\/(?:p\/|p$|api\/oauth\/|oauth\/|\.well-known\/|(?:authorize|token|register)\/?$)/

const LINGER_MS = 500

/** Which endpoint this door answers; null for what is the framework's: the dashboard, and the pages of an issuer. */
export function protocolName(req: IncomingMessage): Name | null {
  const path = pathOf(req)
  if (ANY_HOST.test(path)) return null
  const below = pathBelowIssuer({ path, headers: headersOf(req) })
  if (below === null) return PROTOCOL.test(path) ? (endpointAt(path) ?? 'unknown') : null
  return endpointAt(below) ?? (isIssuerPage(below) ? null : 'unknown')
}

/** Answers it without a framework. */
export async function handle(name: Name, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = req.url ?? '/'
  const request: HttpRequest = {
    method: req.method ?? 'GET',
    path: pathOf(req),
    query: url.includes('?') ? url.slice(url.indexOf('?') + 1) : '',
    headers: headersOf(req),
    socketAddress: req.socket.remoteAddress,
    readBody: (cap) => readBody(req, cap),
  }
  write(await answer(name, request), req, res)
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] ?? '/'

const headersOf = ({ headers }: IncomingMessage): HttpRequest['headers'] => ({
  get: (name) => {
    const value = headers[name]
    return Array.isArray(value) ? value.join(', ') : (value ?? null)
  },
})

function readBody(req: IncomingMessage, cap: number): Promise<Uint8Array> {
  if (Number(req.headers['content-length'] ?? 0) > cap) return Promise.reject(new BodyRefused(413))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    req.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= cap) chunks.push(chunk)
      else reject(new BodyRefused(413))
    })
    req.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    req.once('error', () => reject(new BodyRefused(408)))
    req.once('close', () => req.complete || reject(new BodyRefused(408)))
  })
}

function write({ status, headers, body }: HttpReply, req: IncomingMessage, res: ServerResponse): void {
  const length = Buffer.byteLength(body)
  const empty = status === 204 || status === 304
  res.writeHead(status, { ...(headers as Record<string, string | string[]>), ...(empty ? {} : { 'content-length': length }) })
  if (headers.connection === 'close' && !req.complete) linger(body, req, res)
  else res.end(empty || req.method === 'HEAD' ? undefined : body)
}

/**
 * Closing a socket that has unread data resets it, and the client would never see why it was refused (RFC 9112 §9.6):
 * what still comes is read and dropped for a moment.
 */
function linger(body: Buffer | string, req: IncomingMessage, res: ServerResponse): void {
  const late = setTimeout(() => res.end(), LINGER_MS)
  res.write(body)
  req.resume()
  req.once('end', () => {
    clearTimeout(late)
    res.end()
  })
}
