import type { Issuer, OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { equalInConstantTime, sha256Hex } from './hash.ts'
import { csrfTokenOf } from './opaque-token.ts'
import { type Parameters, parseFormBody } from './parameters.ts'
import type { StoredAuthorizationRequest } from './store.ts'

/** A form of our sign-in or consent page, posted from the browser that opened the request, while it still waits. */
export type Interaction = {
  readonly handle: string
  readonly parameters: Parameters
  readonly pending: StoredAuthorizationRequest
}

type Interact = Extract<OAuthResult, { kind: 'interact' }>
type Page = Extract<OAuthResult, { kind: 'page' }>
export type Refusal = Page | Interact

const GONE = {
  unknown: {
    title: 'This request is not valid',
    text: 'It does not exist, or was started in another browser. Go back to the application and start again.',
  },
  expired: { title: 'This request has expired', text: 'A request waits ten minutes. Go back to the application and start again.' },
  already_answered: {
    title: 'You have already answered',
    text: 'This request was answered before, perhaps in another tab. You can close this page.',
  },
  client_changed: {
    title: 'This application has changed',
    text: 'What it says of itself is not what you were shown. Nothing was sent to it. Go back to the application and start again.',
  },
  client_gone: {
    title: 'This application was removed',
    text: 'Its owner, or the owner of this service, has revoked it. Nothing was sent to it.',
  },
} as const

export const gone = (why: keyof typeof GONE): Page => ({ kind: 'page', status: 400, ...GONE[why] })

/** For a form that our page did not send. */
export function forbidden(ctx: OAuthContext): Page {
  ctx.count('rejected:interaction:forbidden')
  const text = 'For your safety it was not accepted. Go back to the application and start again.'
  return { kind: 'page', status: 403, title: 'This answer did not come from our page', text }
}

/**
 * Opens the form's request, or says why not. The sign-in form may be posted by anybody who was shown it; the consent form
 * (`owner`) names its account, so it counts only while that one is signed in. `mayRepeat`: names of fields that come several times.
 */
export async function openInteraction(
  request: OAuthRequest,
  ctx: OAuthContext,
  { by, mayRepeat = [] }: { by: 'anybody' | 'owner'; mayRepeat?: readonly string[] },
): Promise<Interaction | Refusal> {
  const { browser, issuer, pepper } = ctx
  const parameters = isFromOwnPage(request, ctx) ? parseForm(request, mayRepeat) : null
  const handle = parameters?.get('request')
  if (!parameters || !handle || browser.hash === null) return forbidden(ctx)
  const owner = await browser.session()
  if (by === 'owner' && !owner) return toSignIn(issuer, { request: handle })

  const subjects = [...(by === 'anybody' ? [null] : []), ...(owner ? [owner.userId] : [])]
  const tokens = subjects.map((userId) => csrfTokenOf(handle, browser.hash ?? '', userId, pepper))
  if (!tokens.some((token) => equalInConstantTime(parameters.get('csrf') ?? '', token))) return forbidden(ctx)

  const pending = await ctx.store.findAuthorizationRequest(sha256Hex(handle))
  // A link to a request is worth nothing in another browser (RFC 9700 §4.7).
  if (!pending || pending.browserHash !== browser.hash || pending.issuer !== issuer.url) return gone('unknown')
  if (pending.answered) return gone('already_answered')
  if (pending.expired) return gone('expired')
  return { handle, parameters, pending }
}

/** To the sign-in page of this issuer; `parameters` as its query. */
export const toSignIn = (issuer: Issuer, parameters: Record<string, string>, setCookies: readonly string[] = []): Interact => ({
  kind: 'interact',
  to: `${issuer.url}/sign-in?${new URLSearchParams(parameters)}`,
  setCookies,
})

/** To the consent page of this issuer. */
export const toConsent = (issuer: Issuer, handle: string, setCookies: readonly string[] = [], query = ''): Interact => ({
  kind: 'interact',
  to: `${issuer.url}/consent/${handle}${query}`,
  setCookies,
})

/**
 * The CSRF token decides; these two catch what a stolen page could do with it.
 * Browsers send Origin with every form post; a script without a browser may leave both headers out.
 */
function isFromOwnPage({ headers }: OAuthRequest, { issuer }: OAuthContext): boolean {
  const origin = headers.get('origin')
  if (origin !== null) return origin === new URL(issuer.url).origin
  return !['cross-site', 'same-site'].includes(headers.get('sec-fetch-site') ?? '')
}

function parseForm(request: OAuthRequest, mayRepeat: readonly string[]): Parameters | null {
  try {
    return parseFormBody(request.headers.get('content-type'), request.body, mayRepeat)
  } catch {
    return null
  }
}
