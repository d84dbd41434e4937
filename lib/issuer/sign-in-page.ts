import { browserOf } from '#lib/end-user/browser.ts'
import { challengeOfBrowser } from '#lib/end-user/email/challenge.ts'
import { type Place, placeOf } from '#lib/end-user/places.ts'
import { type OfferedWays, offeredWays } from '#lib/end-user/ways.ts'
import { env } from '#lib/env.ts'
import { csrfTokenOf } from '#lib/oauth/opaque-token.ts'
import { type PendingRequest, pendingRequest } from './pending-request.ts'
import { resolveIssuer } from './resolve.ts'

type Pending = Extract<PendingRequest, { kind: 'open' }>

/** What the sign-in page shows, on the way to a client or to a page of our own. */
export type SignInPage =
  | Extract<PendingRequest, { kind: 'gone' }>
  /** The browser has none of our cookies yet: it gets one by this path below the issuer, and comes back. */
  | { readonly kind: 'cookieless'; readonly issuerUrl: string; readonly path: string }
  | {
      readonly kind: 'open'
      readonly issuerUrl: string
      readonly projectName: string
      /** Hidden field of every form, and parameter of every link. */
      readonly destination: { readonly name: 'request' | 'next'; readonly value: string }
      readonly csrf: string
      readonly ways: OfferedWays
      /** Null: nobody but the person themselves wants them to sign in. */
      readonly client: Pending['client'] | null
      /** Where its answer goes; null where there is no client, or a device asks. */
      readonly redirect: Pending['redirect']
      readonly loginHint: string | null
      readonly account: { readonly email: string | null; readonly name: string | null } | null
      /** Where a code went that this browser asked for. `signUp`: it ends with a password for a new account. */
      readonly mailed: { readonly challenge: string; readonly email: string; readonly signUp: boolean } | null
    }

type Asked = { readonly request?: unknown; readonly next?: unknown; readonly challenge?: unknown }

/** `issuerUrl`: which issuer the URL spoke to. Throws `Unavailable`. */
export async function signInPage(asked: Asked, issuerUrl: string | null, cookieHeader: string | null): Promise<SignInPage> {
  const place = placeOf(asked.next)
  if (typeof asked.request !== 'string') {
    return place ? placePage(place, asked.challenge, issuerUrl, cookieHeader) : { kind: 'gone', reason: 'unknown' }
  }
  const pending = await pendingRequest(asked.request, cookieHeader, issuerUrl)
  if (pending.kind === 'gone') return pending
  const { issuerUrl: url, projectName, csrf, ways, client, redirect, loginHint, account, handle } = pending
  const mailed = await mailedTo(asked.challenge, url, cookieHeader)
  return {
    kind: 'open',
    issuerUrl: url,
    projectName,
    destination: { name: 'request', value: handle },
    csrf,
    ways,
    client,
    redirect,
    loginHint,
    account,
    mailed,
  }
}

async function placePage(place: Place, challenge: unknown, issuerUrl: string | null, cookieHeader: string | null): Promise<SignInPage> {
  const issuer = issuerUrl ? await resolveIssuer(issuerUrl) : null
  if (!issuer) return { kind: 'gone', reason: 'unknown' }
  const browser = browserOf(cookieHeader, issuer)
  if (browser.hash === null) return { kind: 'cookieless', issuerUrl: issuer.url, path: `/oauth/sign-in?next=${place}` }
  const session = await browser.session()
  return {
    kind: 'open',
    issuerUrl: issuer.url,
    projectName: issuer.projectName,
    destination: { name: 'next', value: place },
    csrf: csrfTokenOf(place, browser.hash, session?.userId ?? null, Buffer.from(env().TOKEN_PEPPER)),
    ways: offeredWays(issuer),
    client: null,
    redirect: null,
    loginHint: null,
    account: session && { email: session.email, name: session.name },
    mailed: await mailedTo(challenge, issuer.url, cookieHeader),
  }
}

async function mailedTo(challenge: unknown, issuerUrl: string, cookieHeader: string | null) {
  if (typeof challenge !== 'string' || !/^[0-9a-f]{64}$/.test(challenge)) return null
  const issuer = await resolveIssuer(issuerUrl)
  const hash = issuer && browserOf(cookieHeader, issuer).hash
  const found = issuer && hash ? await challengeOfBrowser(issuer.projectId, challenge, hash) : null
  return found && { challenge, email: found.email, signUp: found.purpose === 'verify-email' && found.userId === null }
}
