import { contextFor, pathBelowIssuer, retryAfterOf, speaksHttps } from '#lib/issuer/context-for.ts'
import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import type { Endpoint } from '#lib/oauth/endpoints.ts'
import { OAuthError } from '#lib/oauth/errors.ts'
import { CORS, preflight } from './cors.ts'
import { BodyRefused, type HttpReply, type HttpRequest } from './message.ts'
import { htmlPage } from './page.ts'
import { NO_STORE, PAGE_HEADERS } from './security-headers.ts'
import { type Name, surface } from './surface.ts'

const NOTHING = new Uint8Array()

/** The headers of nearly every answer, made once: they cost as much as parsing its request. */
const JSON_HEADERS = { ...NO_STORE, 'content-type': 'application/json' }
const JSON_CORS_HEADERS = { ...JSON_HEADERS, ...CORS }

/** Binds a request to its project; null when no project speaks as the URL it called. */
export type ContextOf = (request: HttpRequest) => Promise<OAuthContext | null>

/** Answers one request to a named endpoint. Both doors call this and nothing else; it never throws. */
export async function answer(name: Name, request: HttpRequest, contextOf: ContextOf = contextFor): Promise<HttpReply> {
  if (name === 'unknown') return json(404, { error: 'not_found' })
  const endpoint: Endpoint = surface[name]
  const allowed = allowedMethods.get(endpoint) ?? []
  if (request.method === 'OPTIONS' && endpoint.cors) return { status: 204, headers: preflight(allowed), body: '' }
  if (!allowed.includes(request.method) || request.method === 'OPTIONS') {
    return withCors(
      endpoint,
      json(405, { error: 'invalid_request', error_description: 'Method not allowed' }, { allow: allowed.join(', ') }),
    )
  }
  return withCors(endpoint, await guarded(name, endpoint, request, contextOf))
}

const allowedMethods = new Map<Endpoint, readonly string[]>(
  Object.values<Endpoint>(surface).map((endpoint) => {
    const { methods, cors } = endpoint
    return [endpoint, [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), ...(cors ? ['OPTIONS'] : [])]]
  }),
)

function withCors({ cors }: Endpoint, { status, headers, body }: HttpReply): HttpReply {
  if (!cors) return { status, headers, body }
  return { status, headers: headers === JSON_HEADERS ? JSON_CORS_HEADERS : { ...headers, ...CORS }, body }
}

async function guarded(name: Name, endpoint: Endpoint, request: HttpRequest, contextOf: ContextOf): Promise<HttpReply> {
  let ctx: OAuthContext | null = null
  try {
    ctx = await contextOf(request)
    if (!ctx) return json(404, { error: 'not_found' })
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const { query, headers } = request
    const path = pathBelowIssuer(request) ?? request.path
    const body = method === 'GET' ? NOTHING : await request.readBody(endpoint.bodyCap)
    return written(await endpoint.handle({ method, path, query, headers, body }, ctx), request)
  } catch (error) {
    if (error instanceof OAuthError) return rejected(name, error, endpoint, ctx)
    if (error instanceof BodyRefused) {
      return json(
        error.status,
        { error: 'invalid_request', error_description: 'The body is too large or too slow' },
        { connection: 'close' },
      )
    }
    return failed(name, error, endpoint)
  }
}

function written(result: OAuthResult, request: HttpRequest): HttpReply {
  switch (result.kind) {
    case 'json':
      return json(result.status, result.body, result.headers)
    case 'empty':
      return { status: 204, headers: NO_STORE, body: '' }
    case 'document':
      return document(result.document, request.headers.get('if-none-match'))
    case 'page':
      return htmlPage(result, speaksHttps())
    // 302, not the framework's 307: a 307 repeats the POST, and the client's callback refuses it.
    case 'redirect':
      return { status: 302, headers: { ...PAGE_HEADERS, location: result.to }, body: '' }
    case 'interact':
      return { status: 302, headers: { ...PAGE_HEADERS, location: result.to, 'set-cookie': result.setCookies }, body: '' }
  }
}

function json(status: number, body: object, headers?: Record<string, string>): HttpReply {
  return { status, headers: headers ? { ...JSON_HEADERS, ...headers } : JSON_HEADERS, body: JSON.stringify(body) }
}

/** Claude keeps metadata about five minutes for everybody: ours may be kept as long, and is compared afterwards. */
function document({ body, etag }: { body: Buffer; etag: string }, ifNoneMatch: string | null): HttpReply {
  const headers = { 'cache-control': 'public, max-age=300', etag, 'x-content-type-options': 'nosniff', 'content-type': 'application/json' }
  return ifNoneMatch?.includes(etag) ? { status: 304, headers, body: '' } : { status: 200, headers, body }
}

/** Only ids of clients that exist are counted by client: made-up ones would make rows without end. */
function rejected(name: Name, error: OAuthError, { answer: form }: Endpoint, ctx: OAuthContext | null): HttpReply {
  const { reason } = error
  ctx?.count(`rejected:${name}:${reason.kind}`, 'clientId' in reason && reason.kind !== 'client_unknown' ? reason.clientId : undefined)
  if (form === 'navigate') {
    return htmlPage({ status: error.status, title: 'This request could not be answered', text: error.description }, speaksHttps())
  }
  return json(error.status, { error: error.code, error_description: error.description }, error.headers)
}

/** 503 when the infrastructure failed: an OAuth error would make clients throw their credentials away. */
function failed(name: Name, error: unknown, { answer: form }: Endpoint): HttpReply {
  const retryAfter = retryAfterOf(error)
  if (retryAfter === null) console.error(`${name} failed: ${placeOf(error)}`)
  const status = retryAfter === null ? 500 : 503
  if (form === 'navigate') {
    const text = 'Nothing was lost. Wait a moment and try again.'
    return htmlPage({ status, title: 'Something is not working here', text, retryAfterSeconds: retryAfter ?? 5 }, speaksHttps())
  }
  const code = retryAfter === null ? 'server_error' : 'temporarily_unavailable'
  const description = 'The authorization server cannot answer now, try again later'
  return json(
    status,
    { error: code, error_description: description },
    retryAfter === null ? undefined : { 'retry-after': String(retryAfter) },
  )
}

/** Kind and place of an unexpected error. Its message may hold values of a request, so it is not logged. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return [error.name, ...frames.slice(0, 6)].join('\n')
}
