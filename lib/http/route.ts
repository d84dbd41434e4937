import { readCapped } from '#lib/capped-body.ts'
import { answer } from './endpoint.ts'
import { BodyRefused, type HttpReply, type HttpRequest } from './message.ts'
import type { Name } from './surface.ts'

type Handler = (request: Request) => Promise<Response>

/**
 * The framework's door: all seven methods it knows, because one that is not exported gets its own 405, which lacks `Allow`.
 * It does not tell the socket's address, so without a declared proxy all callers count as one.
 */
export function route(name: Name): Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', Handler> {
  const handler: Handler = async (request) => toResponse(await answer(name, fromRequest(request)), request.method)
  return { GET: handler, HEAD: handler, POST: handler, PUT: handler, PATCH: handler, DELETE: handler, OPTIONS: handler }
}

function fromRequest(request: Request): HttpRequest {
  const { pathname, search } = new URL(request.url)
  return {
    method: request.method,
    path: pathname,
    query: search.slice(1),
    headers: request.headers,
    socketAddress: undefined,
    readBody: (cap) => readBody(request, cap),
  }
}

async function readBody(request: Request, cap: number): Promise<Uint8Array> {
  const body = await readCapped(request, cap)
  if (!body) throw new BodyRefused(413)
  return body
}

function toResponse({ status, headers, body }: HttpReply, method: string): Response {
  const all = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
  )
  const empty = method === 'HEAD' || status === 204 || status === 304
  return new Response(empty ? null : typeof body === 'string' ? body : new Uint8Array(body), { status, headers: all })
}
