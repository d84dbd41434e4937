import { placeOf } from '#lib/error-place.ts'
import { contextFor, pathBelowIssuer, retryAfterOf, speaksHttps } from '#lib/issuer/context-for.ts'
import { errorPage } from '#lib/issuer/error-page.ts'
import { localeCookie, spokenLocale } from '#lib/issuer/language.ts'
import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import type { Endpoint } from '#lib/oauth/endpoints.ts'
import { OAuthError } from '#lib/oauth/errors.ts'
import { noteUnknownResource } from '#lib/oauth/resource.ts'
import { askedLocale, type UiLocale } from '#lib/oauth/ui-locales.ts'
import { wordsIn } from '#lib/words/words.ts'
import { CORS, corsFor, preflight } from './cors.ts'
import { BodyRefused, type HttpReply, type HttpRequest } from './message.ts'
import { asksForPage, htmlPage } from './page.ts'
import { NO_STORE, PAGE_HEADERS } from './security-headers.ts'
import { type Name, surface } from './surface.ts'

const NOTHING = new Uint8Array()

/** The headers of nearly every answer, made once: they cost as much as parsing its request. */
const JSON_HEADERS = { ...NO_STORE, 'content-type': 'application/json' }
const JSON_CORS_HEADERS = { ...JSON_HEADERS, ...CORS }

const NO_CONTENT: HttpReply = { status: 204, headers: {}, body: '' }

/** Binds a request to its project; null when no project speaks as the URL it called. */
export type ContextOf = (request: HttpRequest) => Promise<OAuthContext | null>

/** One request on its way, with the project it turned out to speak to. */
type Call = {
  readonly name: Name
  readonly endpoint: Endpoint
  readonly allowed: readonly string[]
  readonly request: HttpRequest
  ctx: OAuthContext | null
}

/** Answers one request to a named endpoint. Both doors call this and nothing else; it never throws. */
export async function answer(name: Name, request: HttpRequest, contextOf: ContextOf = contextFor): Promise<HttpReply> {
  if (name === 'unknown') return nothingHere(request)
  const endpoint: Endpoint = surface[name]
  const allowed = allowedMethods.get(endpoint) ?? []
  const call: Call = { name, endpoint, allowed, request, ctx: null }
  if (!endpoint.cors) return allowed.includes(request.method) ? guarded(call, contextOf) : methodNotAllowed(allowed)
  return withCors(await guarded(call, contextOf), call)
}

/** Programs are told so in JSON, and so is whatever does not say that it shows pages. */
function nothingHere(request: HttpRequest): HttpReply {
  if (request.method !== 'GET' || !asksForPage(request.headers)) return json(404, { error: 'not_found' })
  const locale = localeOf(request)
  return htmlPage({ locale, status: 404, ...wordsIn(locale).nothingHere }, speaksHttps())
}

const methodNotAllowed = (allowed: readonly string[]): HttpReply =>
  json(405, { error: 'invalid_request', error_description: 'Method not allowed' }, { allow: allowed.join(', ') })

const allowedMethods = new Map<Endpoint, readonly string[]>(
  Object.values<Endpoint>(surface).map((endpoint) => {
    const { methods, cors } = endpoint
    return [endpoint, [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), ...(cors ? ['OPTIONS'] : [])]]
  }),
)

/** A project that keeps no list of origins gets what is made already. */
function withCors({ status, headers, body }: HttpReply, { ctx, allowed, request }: Call): HttpReply {
  const cors = corsFor(ctx?.issuer ?? null, request.headers.get('origin'))
  if (request.method === 'OPTIONS') return { status, headers: { ...headers, ...preflight(cors, allowed) }, body }
  return { status, headers: headers === JSON_HEADERS && cors === CORS ? JSON_CORS_HEADERS : { ...headers, ...cors }, body }
}

async function guarded(call: Call, contextOf: ContextOf): Promise<HttpReply> {
  const { endpoint, allowed, request } = call
  try {
    const ctx = await contextOf(request)
    call.ctx = ctx
    if (request.method === 'OPTIONS') return NO_CONTENT
    if (!allowed.includes(request.method)) return methodNotAllowed(allowed)
    if (!ctx) return json(404, { error: 'not_found' })
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const { query, headers } = request
    const body = method === 'GET' ? NOTHING : await request.readBody(endpoint.bodyCap)
    const asked = {
      method,
      query,
      headers,
      body,
      /** Worked out for the few that ask. */
      get path() {
        return pathBelowIssuer(request) ?? request.path
      },
    }
    return written(await endpoint.handle(asked, ctx), request)
  } catch (error) {
    // A preflight that fails hides from a script why: the request itself shall say it.
    if (request.method === 'OPTIONS' && retryAfterOf(error) !== null) return NO_CONTENT
    if (error instanceof OAuthError) return rejected(error, call)
    if (error instanceof BodyRefused) {
      return json(
        error.status,
        { error: 'invalid_request', error_description: 'The body is too large or too slow' },
        { connection: 'close' },
      )
    }
    return failed(error, call)
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
    case 'picture':
      return picture(result)
    case 'page':
      return page(result, request)
    case 'leave':
      return leaving(result, request)
    // 302, not the framework's 307: a 307 repeats the POST, and the client's callback refuses it.
    case 'redirect':
      return { status: 302, headers: { ...PAGE_HEADERS, location: result.to }, body: '' }
    case 'interact':
      return { status: 302, headers: { ...PAGE_HEADERS, location: result.to, 'set-cookie': cookiesOf(result) }, body: '' }
  }
}

/** What the client asked for holds until the browser is closed, or somebody chooses otherwise on the page. */
function cookiesOf({ setCookies, uiLocales }: Extract<OAuthResult, { kind: 'interact' }>): readonly string[] {
  const locale = askedLocale(uiLocales)
  return locale ? [...setCookies, localeCookie(locale, null)] : setCookies
}

function json(status: number, body: object, headers?: Record<string, string>): HttpReply {
  return { status, headers: headers ? { ...JSON_HEADERS, ...headers } : JSON_HEADERS, body: JSON.stringify(body) }
}

/** Claude keeps metadata about five minutes for everybody: ours may be kept as long, and is compared afterwards. */
function document({ body, etag }: { body: Buffer; etag: string }, ifNoneMatch: string | null): HttpReply {
  const headers = { 'cache-control': 'public, max-age=300', etag, 'x-content-type-options': 'nosniff', 'content-type': 'application/json' }
  return ifNoneMatch?.includes(etag) ? { status: 304, headers, body: '' } : { status: 200, headers, body }
}

/** Goes on by itself, without a script; the link is for browsers that do not. */
function leaving({ to, whither }: Extract<OAuthResult, { kind: 'leave' }>, request: HttpRequest): HttpReply {
  const locale = localeOf(request)
  const words = wordsIn(locale).leaving
  const page = { locale, status: 200, title: words.title(whither), text: words.text, link: { href: to, text: words.goOn } }
  const { headers, ...reply } = htmlPage(page, speaksHttps())
  return { ...reply, headers: { ...headers, refresh: `0; url=${to}` } }
}

type SaidPage = Pick<Extract<OAuthResult, { kind: 'page' }>, 'status' | 'says' | 'retryAfterSeconds'>

function page({ status, says, retryAfterSeconds = 0 }: SaidPage, request: HttpRequest): HttpReply {
  const locale = localeOf(request)
  return htmlPage({ locale, status, ...wordsIn(locale).pages[says], retryAfterSeconds }, speaksHttps())
}

/** A client's wish counts on a page that answers its own request, where no cookie could hold it yet. */
const localeOf = ({ query, headers }: HttpRequest): UiLocale =>
  askedLocale(new URLSearchParams(query).get('ui_locales')) ?? spokenLocale(headers)

/** A customer's file: shown as what we checked it to be, and where it is opened by itself it may do nothing. */
const picture = ({ mediaType, bytes }: Extract<OAuthResult, { kind: 'picture' }>): HttpReply => ({
  status: 200,
  headers: {
    'content-type': mediaType,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
  },
  body: bytes,
})

/** Only ids of clients that exist are counted by client: made-up ones would make rows without end. */
function rejected(error: OAuthError, { name, endpoint: { answer: form }, request, ctx }: Call): HttpReply {
  const { reason } = error
  ctx?.count(`rejected:${name}:${reason.kind}`, 'clientId' in reason && reason.kind !== 'client_unknown' ? reason.clientId : undefined)
  if (ctx) noteUnknownResource(reason, undefined, ctx)
  if (form === 'navigate') {
    // What is wrong is for the client's developer, who reads the standard's language.
    const locale = localeOf(request)
    return htmlPage({ locale, status: error.status, title: wordsIn(locale).refused, text: error.description }, speaksHttps())
  }
  return json(error.status, { error: error.code, error_description: error.description, error_uri: errorPage(error.code) }, error.headers)
}

/** 503 when the infrastructure failed: an OAuth error would make clients throw their credentials away. */
function failed(error: unknown, { name, endpoint: { answer: form }, request }: Call): HttpReply {
  const retryAfter = retryAfterOf(error)
  if (retryAfter === null) console.error(`${name} failed: ${placeOf(error)}`)
  const status = retryAfter === null ? 500 : 503
  if (form === 'navigate') {
    return page({ status, says: 'failed', retryAfterSeconds: retryAfter ?? 5 }, request)
  }
  const code = retryAfter === null ? 'server_error' : 'temporarily_unavailable'
  const description = 'The authorization server cannot answer now, try again later'
  return json(
    status,
    { error: code, error_description: description },
    retryAfter === null ? undefined : { 'retry-after': String(retryAfter) },
  )
}
