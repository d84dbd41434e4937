import { browserOf } from '#lib/end-user/browser.ts'
import type { Place } from '#lib/end-user/places.ts'
import { env } from '#lib/env.ts'
import type { Issuer, ResourceOwnerSession } from '#lib/oauth/context.ts'
import { csrfTokenOf } from '#lib/oauth/opaque-token.ts'
import { resolveIssuer } from './resolve.ts'

/** A page of a signed-in user. */
export type OwnerPage = {
  readonly issuer: Issuer
  /** Null: has to sign in first. */
  readonly owner: ResourceOwnerSession | null
  /** For the forms of this one page, of this user in this browser; empty while nobody is signed in. `openOwnerForm` checks it. */
  readonly csrf: string
}

/** Who is signed in at the issuer that the URL spoke to; null when there is no such issuer. Throws `Unavailable`. */
export async function ownerAt(issuerUrl: string | null, place: Place, cookieHeader: string | null): Promise<OwnerPage | null> {
  const issuer = issuerUrl ? await resolveIssuer(issuerUrl) : null
  if (!issuer) return null
  const browser = browserOf(cookieHeader, issuer)
  const owner = browser.hash === null ? null : await browser.session()
  const csrf = owner && browser.hash ? csrfTokenOf(place, browser.hash, owner.userId, Buffer.from(env().TOKEN_PEPPER)) : ''
  return { issuer, owner, csrf }
}
