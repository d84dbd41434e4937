import { env } from '#lib/env.ts'
import { devicePage } from './device-page.ts'
import { externalOrigin } from './external-url.ts'
import { locate } from './locate.ts'
import { pendingFormAction } from './pending-request.ts'
import { resolveIssuer } from './resolve.ts'

/**
 * What the answer to an issuer's page must say, such as of the authorization request in its URL; null for every other page.
 * `formTarget`: the extra `form-action` source, where the request will end; null: nowhere but with us. `status`: 400 when the page can
 * only explain why there is nothing to answer, 429 when it tells somebody to wait (RFC 6585 §4), 404 for one that its project has off.
 */
export async function interactionAt(
  url: URL,
  issuerUrl: string | null,
  cookieHeader: string | null,
): Promise<{ formTarget: string | null; status: 200 | 400 | 404 | 429 } | null> {
  const mustWait = ['throttled', 'busy'].includes(url.searchParams.get('error') ?? '')
  if (/^(?:\/p\/[^/]+)?\/device\/?$/.test(url.pathname)) {
    const page = await devicePage(issuerUrl)
    return { formTarget: null, status: page === null ? 404 : mustWait ? 429 : 200 }
  }
  const [, consented] = /\/consent\/([^/]+)$/.exec(url.pathname) ?? []
  const [, page = ''] = /^(?:\/p\/[^/]+)?\/(sign-in|email|account)$/.exec(url.pathname) ?? []
  const handle = consented ?? (page === 'sign-in' || page === 'email' ? url.searchParams.get('request') : null)
  if (handle === null) return page === '' ? null : { formTarget: null, status: mustWait ? 429 : 200 }
  const pending = await pendingFormAction(handle, cookieHeader, issuerUrl)
  // A mailed link may be opened elsewhere, where it shows what to do instead.
  if (pending.kind === 'gone') return { formTarget: null, status: page === 'email' ? 200 : 400 }
  return { formTarget: pending.formAction, status: mustWait ? 429 : 200 }
}

/** Which issuer a page's URL speaks to, whether or not there is one; null for none. */
export const issuerCalledAt = (called: string, path: string): string | null => locate(called, path, env().BASE_URL)?.issuer ?? null

/** Whether a form may be posted to a page of this host from that origin: its own, when that is ours or a stored issuer's. */
export async function isKnownOrigin(origin: string, host: string): Promise<boolean> {
  const called = externalOrigin(new Headers({ host }))
  if (origin !== called) return false
  return called === env().BASE_URL || (await resolveIssuer(called)) !== null
}
