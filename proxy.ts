import { type NextRequest, NextResponse } from 'next/server'
import { env } from '#lib/env.ts'
import { asksForPage, htmlPage } from '#lib/http/page.ts'
import { consoleTarget } from '#lib/issuer/console-target.ts'
import { externalOrigin } from '#lib/issuer/external-url.ts'
import { health, mayServe } from '#lib/issuer/health.ts'
import { interactionAt, isKnownOrigin, issuerCalledAt } from '#lib/issuer/interaction.ts'
import { localeCookie, spokenLocale } from '#lib/issuer/language.ts'
import { DEFAULT_LOCALE, localeFor } from '#lib/oauth/ui-locales.ts'

/** Pages of an issuer, on its own host or under its path on ours. */
const ISSUER_PAGE = /^\/(?:sign-in|email|account|connected-apps|consent|device)(?:\/|$)/

/** How long a browser remembers the language that somebody chose. */
const YEAR_SECONDS = 31_536_000

/** Pages only. It sets headers and refuses; it never grants: each page and action asks for its member itself. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const called = externalOrigin(request.headers)
  const host = called.replace(/^https?:\/\//, '')
  const { pathname } = request.nextUrl
  if (request.method === 'POST' && !(await isKnownOrigin(request.headers.get('origin') ?? '', host))) return foreignForm(request, pathname)
  if (!(await isPageOf(called, host, pathname))) return nobodyThere(request, host)

  const nonce = btoa(crypto.randomUUID())
  const issuerUrl = issuerCalledAt(called, pathname)
  const interaction = await interactionAt(request.nextUrl, issuerUrl, request.headers.get('cookie'))
  const policy = contentSecurityPolicy(nonce, interaction?.formTarget ?? null, await consoleTarget(request.nextUrl))
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce) // replaces one that a client sent
  headers.set('x-issuer-url', issuerUrl ?? '') // the same; a page behind a rewrite is not told the URL that was called
  const chosen = issuerUrl === null ? null : localeFor(request.nextUrl.searchParams.get('lang'))
  headers.set('x-language', issuerUrl === null ? DEFAULT_LOCALE : (chosen ?? spokenLocale(request.headers)))
  headers.set('x-path', pathname) // neither a layout nor a verb's door is told where it is
  headers.set('x-query', request.nextUrl.search)
  const now = pathname === '/status' ? await health() : null
  headers.set('x-health', now ? JSON.stringify(now) : '') // the page says what its status says, by the same look
  headers.set('content-security-policy', policy) // where Next reads the nonce for its own scripts
  // A page cannot set its own status.
  const response = NextResponse.next({ request: { headers }, status: interaction?.status ?? (now && !mayServe(now) ? 503 : 200) })
  if (response.status === 503) response.headers.set('retry-after', '5')
  secure(response)
  if (chosen) response.headers.append('set-cookie', localeCookie(chosen, YEAR_SECONDS))
  response.headers.set('content-security-policy', policy)
  response.headers.set('cache-control', 'private, no-store')
  return response
}

/** On our own host every page; on an issuer's host only the pages of an issuer; on any other host none. */
async function isPageOf(called: string, host: string, path: string): Promise<boolean> {
  if (called === env().BASE_URL) return true
  return ISSUER_PAGE.test(path) && (await isKnownOrigin(called, host))
}

/**
 * `formTarget`: where this page's form may lead besides ourselves. Chromium applies `form-action` to the whole chain of redirects
 * after a form, so without it a consent would never reach the client. `connectTarget`: whom its scripts may ask besides. Styles need no
 * nonce, scripts do.
 */
function contentSecurityPolicy(nonce: string, formTarget: string | null, connectTarget: string | null): string {
  const evaluation = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    ...(connectTarget ? [`connect-src 'self' ${connectTarget}`] : []),
    "object-src 'none'",
    "base-uri 'self'",
    `form-action 'self'${formTarget ? ` ${formTarget}` : ''}`,
    "frame-ancestors 'none'",
  ].join('; ')
}

function secure(response: NextResponse): void {
  const { headers } = response
  headers.set('referrer-policy', 'same-origin') // not no-referrer: browsers would then post forms with `Origin: null`
  headers.set('x-frame-options', 'DENY')
  headers.set('x-content-type-options', 'nosniff')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()')
  if (env().secureCookies) headers.set('strict-transport-security', 'max-age=31536000')
}

/** A form of another site, or one that stood open while the address of this server changed: nothing is done. */
const foreignForm = (request: NextRequest, path: string): NextResponse =>
  refusal(request, {
    ...{ status: 403, title: 'This form came from somewhere else' },
    text: 'It was not sent from a page of this server, so nothing was changed. Open the page here and send it again.',
    link: { href: path, text: 'Open the page' },
  })

const nobodyThere = (request: NextRequest, host: string): NextResponse =>
  refusal(request, {
    ...{ status: 404, title: 'There is nothing at this address' },
    text: `${host} is no address that this server speaks for, or this page is not part of it. It may be mistyped, or its domain is not proven yet.`,
    link: { href: `${env().BASE_URL}/`, text: 'Start page of this server' },
  })

type Refusal = { status: number; title: string; text: string; link: { href: string; text: string } }

/** A page for people; whatever does not ask for one gets the same in one line. */
function refusal(request: NextRequest, page: Refusal): NextResponse {
  const isBrowser = asksForPage(request.headers)
  const { body, headers } = htmlPage({ ...page, locale: DEFAULT_LOCALE }, env().secureCookies)
  const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  const response = new NextResponse(isBrowser ? body : page.title, { status: page.status, headers: isBrowser ? headers : plain })
  secure(response)
  return response
}

// Pages only: no protocol path, no alias of one, no static file.
export const config = {
  matcher: [
    '/((?!_next/|api/|oauth/|logo/|client-logo/|\\.well-known/|p/[^/]+/(?:api|oauth|logo|client-logo|\\.well-known)/|(?:authorize|token|register)$|favicon\\.ico$|icon\\.svg$).*)',
  ],
}
