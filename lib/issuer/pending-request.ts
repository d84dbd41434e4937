import { oauthStore } from '#lib/db/oauth-store.ts'
import { browserOf } from '#lib/end-user/browser.ts'
import { env } from '#lib/env.ts'
import { decidableScopes } from '#lib/oauth/consent.ts'
import type { Issuer, ResourceOwnerSession } from '#lib/oauth/context.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { csrfTokenOf, projectOfHandle } from '#lib/oauth/opaque-token.ts'
import { formActionSource, parseLoopback, redirectDisplay } from '#lib/oauth/redirect-uri.ts'
import type { Client, StoredAuthorizationRequest } from '#lib/oauth/store.ts'
import { resolveIssuer } from './resolve.ts'

/** What the sign-in and consent pages show of an authorization request. */
export type PendingRequest =
  | { readonly kind: 'gone'; readonly reason: 'unknown' | 'other_browser' | 'expired' | 'already_answered' }
  | {
      readonly kind: 'open'
      readonly handle: string
      readonly issuerUrl: string
      readonly projectName: string
      readonly signUpOpen: boolean
      readonly csrf: string
      /** `verified` false: it registered itself, so its name is a claim. `host`: of its own URL. */
      readonly client: { readonly name: string; readonly verified: boolean; readonly host: string | null }
      /** `display`: host, or scheme of a native app. `formAction`: CSP source. */
      readonly redirect: { readonly display: string; readonly full: string; readonly loopback: boolean; readonly formAction: string }
      readonly resource: { readonly names: readonly string[]; readonly identifiers: readonly string[] }
      /** `requested` ones come ticked. */
      readonly scopes: readonly { readonly name: string; readonly description: string; readonly requested: boolean }[]
      readonly accessTokenTtlSeconds: number
      /** How long it stays connected unused; null: it gets no refresh token. */
      readonly refreshDays: number | null
      readonly loginHint: string | null
      /** Null: must sign in, perhaps again. */
      readonly account: { readonly email: string; readonly name: string | null } | null
    }

/** For the pages, which get nothing but the handle in their URL and the browser's cookies. Throws `Unavailable`. */
export async function pendingRequest(handle: string, cookieHeader: string | null): Promise<PendingRequest> {
  const found = await find(handle)
  if (!found) return { kind: 'gone', reason: 'unknown' }
  const { pending, issuer, client } = found
  const browser = browserOf(cookieHeader, issuer)
  if (pending.browserHash !== browser.hash) return { kind: 'gone', reason: 'other_browser' }
  if (pending.answered) return { kind: 'gone', reason: 'already_answered' }
  if (pending.expired) return { kind: 'gone', reason: 'expired' }

  const session = await browser.session()
  const owner = session && (pending.authTimeFrom === null || session.authTime >= pending.authTimeFrom) ? session : null
  return {
    kind: 'open',
    handle,
    issuerUrl: issuer.url,
    projectName: issuer.projectName,
    signUpOpen: issuer.signUpOpen,
    csrf: csrfTokenOf(handle, browser.hash, session?.userId ?? null, Buffer.from(env().TOKEN_PEPPER)),
    ...shown(pending, issuer, client, owner),
  }
}

async function find(handle: string): Promise<{ pending: StoredAuthorizationRequest; issuer: Issuer; client: Client } | null> {
  const projectId = projectOfHandle(handle)
  if (!projectId) return null
  const store = oauthStore(projectId)
  const pending = await store.findAuthorizationRequest(sha256Hex(handle))
  if (!pending) return null
  const [issuer, client] = await Promise.all([resolveIssuer(pending.issuer), store.findClient(pending.clientId)])
  return issuer && client && !client.revoked ? { pending, issuer, client } : null
}

function shown(pending: StoredAuthorizationRequest, issuer: Issuer, client: Client, owner: ResourceOwnerSession | null) {
  const asked = decidableScopes(pending.scope)
  const offered = issuer.scopes.filter(({ name }) => asked.includes(name) || issuer.offerAllScopes)
  return {
    client: {
      name: client.name,
      verified: client.source !== 'registered',
      host: client.clientUri && new URL(client.clientUri).host,
    },
    redirect: {
      display: redirectDisplay(pending.redirectUri),
      full: pending.redirectUri,
      loopback: parseLoopback(pending.redirectUri) !== null,
      formAction: formActionSource(pending.redirectUri),
    },
    resource: {
      identifiers: pending.resources,
      names: pending.resources.map(
        (identifier) => issuer.resources.find((resource) => resource.identifier === identifier)?.name ?? identifier,
      ),
    },
    scopes: offered.map(({ name, description }) => ({ name, description, requested: asked.includes(name) })),
    accessTokenTtlSeconds: issuer.accessTokenTtlSeconds,
    refreshDays: client.grantTypes.includes('refresh_token') ? Math.round(issuer.refreshIdleSeconds / 86_400) : null,
    loginHint: pending.loginHint,
    account: owner && { email: owner.email, name: owner.name },
  }
}
