import type { Issuer, OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { equalInConstantTime, sha256Hex } from './hash.ts'
import { csrfTokenOf } from './opaque-token.ts'
import type { PageName } from './page-name.ts'
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
  unknown: 'request_unknown',
  expired: 'request_expired',
  already_answered: 'request_answered',
  client_changed: 'client_changed',
  client_gone: 'client_removed',
  document_unavailable: 'document_unavailable',
} as const satisfies Record<string, PageName>

export const gone = (why: keyof typeof GONE): Page => ({
  kind: 'page',
  status: 400,
  says: GONE[why],
  ...(why === 'document_unavailable' ? { retryAfterSeconds: 60 } : {}),
})

/** For a form that our page did not send. */
export function forbidden(ctx: OAuthContext): Page {
  ctx.count('rejected:interaction:forbidden')
  return { kind: 'page', status: 403, says: 'forbidden' }
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
  const parameters = formOfOwnPage(request, ctx, mayRepeat)
  const handle = parameters?.get('request')
  if (!parameters || !handle || browser.hash === null) return forbidden(ctx)
  const owner = await browser.session()
  if (by === 'owner' && !owner) return toSignIn(issuer, { request: handle })

  const subjects = [...(by === 'anybody' ? [null] : []), ...(owner ? [owner.userId] : [])]
  const tokens = subjects.map((userId) => csrfTokenOf(handle, browser.hash ?? '', userId, pepper))
  if (!tokens.some((token) => equalInConstantTime(parameters.get('csrf') ?? '', token))) return forbidden(ctx)

  const opened = await openRequest(handle, ctx)
  return 'kind' in opened ? opened : { ...opened, parameters }
}

/** The request that this browser opened, while it still waits; else what to tell. */
export async function openRequest(
  handle: string,
  { browser, issuer, store }: OAuthContext,
): Promise<Pick<Interaction, 'handle' | 'pending'> | Page> {
  const pending = await store.findAuthorizationRequest(sha256Hex(handle))
  // A link to a request is worth nothing in another browser (RFC 9700 §4.7).
  if (!pending || pending.browserHash !== browser.hash || pending.issuer !== issuer.url) return gone('unknown')
  if (pending.answered) return gone('already_answered')
  if (pending.expired) return gone('expired')
  return { handle, pending }
}

/** To the sign-in page of this issuer; `parameters` as its query. */
export const toSignIn = (issuer: Issuer, parameters: Record<string, string>, setCookies: readonly string[] = []): Interact => ({
  kind: 'interact',
  to: `${issuer.url}/sign-in?${new URLSearchParams(parameters)}`,
  setCookies,
})

/** Whether people sign in at the customer's own page and nowhere else. */
export const onlyHandoff = ({ signInWays: { handoffUrl, password, email, passkey, providers } }: Issuer): boolean =>
  handoffUrl !== null && !password && !email && !passkey && providers.length === 0

/** To the customer's own sign-in page, by way of what signs the request for it. */
export const toHandoff = (issuer: Issuer, handle: string, setCookies: readonly string[] = []): Interact => ({
  kind: 'interact',
  to: `${issuer.url}/oauth/handoff?${new URLSearchParams({ request: handle })}`,
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

/** The fields of a form that a page of this issuer sent, as far as headers tell; null for any other. Its CSRF token is still to be checked. */
export const formOfOwnPage = (request: OAuthRequest, ctx: OAuthContext, mayRepeat: readonly string[] = []): Parameters | null =>
  isFromOwnPage(request, ctx) ? parseForm(request, mayRepeat) : null

function parseForm(request: OAuthRequest, mayRepeat: readonly string[]): Parameters | null {
  try {
    return parseFormBody(request.headers.get('content-type'), request.body, mayRepeat)
  } catch {
    return null
  }
}
