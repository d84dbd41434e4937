import { env } from '#lib/env.ts'
import { externalOrigin } from './external-url.ts'
import { formActionOf } from './pending-request.ts'
import { resolveIssuer } from './resolve.ts'

/** The extra `form-action` source a page at this URL needs: where its authorization request will end. Null when it needs none. */
export async function formTargetOf(url: URL): Promise<string | null> {
  const [, handle] = /\/consent\/([A-Za-z0-9_-]{43})$/.exec(url.pathname) ?? []
  const request = handle ?? (url.pathname.endsWith('/sign-in') ? url.searchParams.get('request') : null)
  return request ? formActionOf(request) : null
}

/** Whether a form may be posted to a page of this host from that origin: its own, when that is ours or a stored issuer's. */
export async function isKnownOrigin(origin: string, host: string): Promise<boolean> {
  const called = externalOrigin(new Headers({ host }))
  if (origin !== called) return false
  return called === env().BASE_URL || (await resolveIssuer(called)) !== null
}
