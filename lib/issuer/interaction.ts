import { env } from '#lib/env.ts'
import { externalOrigin } from './external-url.ts'
import { pendingRequest } from './pending-request.ts'
import { resolveIssuer } from './resolve.ts'

/**
 * What the answer to a page must say of the authorization request in its URL; null for a page that shows none.
 * `formTarget`: the extra `form-action` source, where the request will end. `status`: 400 when the page can only explain
 * why there is nothing to answer, 429 when it tells somebody to wait (RFC 6585 §4).
 */
export async function interactionAt(
  url: URL,
  cookieHeader: string | null,
): Promise<{ formTarget: string | null; status: 200 | 400 | 429 } | null> {
  const [, consented] = /\/consent\/([^/]+)$/.exec(url.pathname) ?? []
  const handle = consented ?? (url.pathname.endsWith('/sign-in') ? url.searchParams.get('request') : null)
  if (handle === null) return null
  const pending = await pendingRequest(handle, cookieHeader)
  if (pending.kind === 'gone') return { formTarget: null, status: 400 }
  const mustWait = ['throttled', 'busy'].includes(url.searchParams.get('error') ?? '')
  return { formTarget: pending.redirect.formAction, status: mustWait ? 429 : 200 }
}

/** Whether a form may be posted to a page of this host from that origin: its own, when that is ours or a stored issuer's. */
export async function isKnownOrigin(origin: string, host: string): Promise<boolean> {
  const called = externalOrigin(new Headers({ host }))
  if (origin !== called) return false
  return called === env().BASE_URL || (await resolveIssuer(called)) !== null
}
