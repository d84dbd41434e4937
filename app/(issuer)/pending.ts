import { pathOf } from '#lib/issuer/locate.ts'
import { type PendingRequest, pendingRequest } from '#lib/issuer/pending-request.ts'
import { called } from './called.ts'

export type OpenRequest = Extract<PendingRequest, { kind: 'open' }>

/** The authorization request behind a handle from a URL, for this browser. */
export async function pending(handle: unknown): Promise<PendingRequest> {
  if (typeof handle !== 'string') return { kind: 'gone', reason: 'unknown' }
  const { issuerUrl, cookies } = await called()
  return pendingRequest(handle, cookies, issuerUrl)
}

/** The page of connected apps, where a request that is over leads on to; null where no issuer was called. */
export async function appsHref(): Promise<string | null> {
  const { issuerUrl } = await called()
  return issuerUrl && pathOf(issuerUrl, '/connected-apps')
}
