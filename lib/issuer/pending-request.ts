import { oauthStore } from '#lib/db/oauth-store.ts'
import { browserOf } from '#lib/end-user/browser.ts'
import { type OfferedWays, offeredWays } from '#lib/end-user/ways.ts'
import { env } from '#lib/env.ts'
import { findClient } from '#lib/oauth/client.ts'
import type { Browser, Issuer, ResourceOwnerSession } from '#lib/oauth/context.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { csrfTokenOf, projectOfHandle } from '#lib/oauth/opaque-token.ts'
import { formActionSource, parseLoopback, redirectDisplay } from '#lib/oauth/redirect-uri.ts'
import { resourceName } from '#lib/oauth/resource.ts'
import { describedScopes, OPENID } from '#lib/oauth/scope.ts'
import { allowedBefore, type OfferedScope, offeredScopes } from '#lib/oauth/step-up.ts'
import type { Client, StoredAuthorizationRequest } from '#lib/oauth/store.ts'
import { freshClientLogo } from './client-logo.ts'
import { resolveIssuer } from './resolve.ts'
import { type ShownClient, shownClient } from './shown-client.ts'
import { worldOf } from './world.ts'

/** Whose address a page asks from: it knows no other, and shows only what a browser has already asked for. */
const PAGES = 'pages'

type Gone = {
  readonly kind: 'gone'
  readonly reason: 'unknown' | 'other_browser' | 'expired' | 'already_answered' | 'client_changed' | 'client_unavailable'
}

/** What the sign-in and consent pages show of an authorization request. */
export type PendingRequest =
  | Gone
  | {
      readonly kind: 'open'
      readonly handle: string
      readonly issuerUrl: string
      readonly projectName: string
      readonly ways: OfferedWays
      readonly csrf: string
      readonly client: ShownClient
      /** `display`: host, or scheme of a native app. `formAction`: CSP source. Null: a device asks, which gets its answer by itself. */
      readonly redirect: { readonly display: string; readonly full: string; readonly loopback: boolean; readonly formAction: string } | null
      readonly resource: { readonly names: readonly string[]; readonly identifiers: readonly string[] }
      /** The client learns who it is (OpenID Connect), which is nothing to be ticked: without it there would be no answer. */
      readonly identifies: boolean
      /** In the project's order. */
      readonly scopes: readonly (OfferedScope & { readonly description: string })[]
      readonly accessTokenTtlSeconds: number
      /** How long it stays connected unused; null: it gets no refresh token. */
      readonly refreshDays: number | null
      readonly loginHint: string | null
      /** Null: must sign in, perhaps again. */
      readonly account: { readonly email: string | null; readonly name: string | null } | null
    }

/**
 * For the pages, which get nothing but the handle in their URL and the browser's cookies. `calledAt`: the issuer that the URL spoke to;
 * a request of another is not shown there, or it would stand under somebody else's name and logo. Throws `Unavailable`.
 */
export async function pendingRequest(handle: string, cookieHeader: string | null, calledAt?: string | null): Promise<PendingRequest> {
  const standing = await standingRequest(handle, cookieHeader, calledAt)
  if (standing.kind === 'gone') return standing
  const { pending, issuer, client, browser } = standing
  const [session, logos] = await Promise.all([browser.session(), freshClientLogo(issuer, client)])
  const before = session ? await allowedBefore(pending, session.userId, oauthStore(issuer.projectId)) : new Set<string>()
  const offered = offeredScopes(pending, client, { allowedBefore: before, scopeCeiling: session?.scopeCeiling ?? null }, issuer)
  const owner = session && (pending.authTimeFrom === null || session.authTime >= pending.authTimeFrom) ? session : null
  return {
    kind: 'open',
    handle,
    issuerUrl: issuer.url,
    projectName: issuer.projectName,
    ways: offeredWays(issuer),
    csrf: csrfTokenOf(handle, pending.browserHash, session?.userId ?? null, Buffer.from(env().TOKEN_PEPPER)),
    client: shownClient(client, logos),
    ...shown(pending, issuer, client, owner, offered),
  }
}

/** As much of it as the headers of its pages tell, with fewer questions. `formAction` as above. Throws `Unavailable`. */
export async function pendingFormAction(
  handle: string,
  cookieHeader: string | null,
  calledAt: string | null,
): Promise<Gone | { readonly kind: 'open'; readonly formAction: string | null }> {
  const standing = await standingRequest(handle, cookieHeader, calledAt)
  return standing.kind === 'gone' ? standing : { kind: 'open', formAction: redirectIn(standing.pending)?.formAction ?? null }
}

type Standing = Found & { readonly kind: 'standing'; readonly client: Client; readonly browser: Browser }

async function standingRequest(handle: string, cookieHeader: string | null, calledAt?: string | null): Promise<Gone | Standing> {
  const found = await find(handle)
  if (!found || (calledAt !== undefined && found.issuer.url !== calledAt)) return { kind: 'gone', reason: 'unknown' }
  const { pending, issuer, client } = found
  const browser = browserOf(cookieHeader, issuer)
  if (pending.browserHash !== browser.hash) return { kind: 'gone', reason: 'other_browser' }
  if (pending.answered) return { kind: 'gone', reason: 'already_answered' }
  if (pending.expired) return { kind: 'gone', reason: 'expired' }

  if (client === 'unavailable') return { kind: 'gone', reason: 'client_unavailable' }
  // Approval would refuse it: nobody should decide about something that they were not shown.
  if (client.metadataHash !== pending.metadataHash) return { kind: 'gone', reason: 'client_changed' }
  return { kind: 'standing', pending, issuer, client, browser }
}

type Found = { pending: StoredAuthorizationRequest; issuer: Issuer; client: Client | 'unavailable' }

async function find(handle: string): Promise<Found | null> {
  const projectId = projectOfHandle(handle)
  if (!projectId) return null
  const store = oauthStore(projectId)
  const pending = await store.findAuthorizationRequest(sha256Hex(handle))
  if (!pending) return null
  const issuer = await resolveIssuer(pending.issuer)
  if (!issuer) return null
  const client = await findClient(pending.clientId, { issuer, store, world: worldOf(projectId, PAGES) })
  if (typeof client !== 'string') return { pending, issuer, client }
  return client === 'document_unavailable' ? { pending, issuer, client: 'unavailable' } : null
}

/** Null: a device asks. */
const redirectIn = ({ deviceCodeHash, redirectUri: uri }: StoredAuthorizationRequest) =>
  deviceCodeHash === null
    ? { display: redirectDisplay(uri), full: uri, loopback: parseLoopback(uri) !== null, formAction: formActionSource(uri) }
    : null

function shown(
  pending: StoredAuthorizationRequest,
  issuer: Issuer,
  client: Client,
  owner: ResourceOwnerSession | null,
  offered: readonly OfferedScope[],
) {
  return {
    redirect: redirectIn(pending),
    resource: {
      identifiers: pending.resources,
      names: pending.resources.map((identifier) => resourceName(identifier, issuer)),
    },
    identifies: pending.scope.split(' ').includes(OPENID),
    scopes: describedScopes(issuer).flatMap(([name, description]) =>
      offered.filter((one) => one.name === name).map((one) => ({ ...one, description })),
    ),
    accessTokenTtlSeconds: issuer.accessTokenTtlSeconds,
    refreshDays: client.grantTypes.includes('refresh_token') ? Math.round(issuer.refreshIdleSeconds / 86_400) : null,
    loginHint: pending.loginHint,
    account: owner && { email: owner.email, name: owner.name },
  }
}
