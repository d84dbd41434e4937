import { randomUUID } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { count, streamAudit } from '#lib/audit/stream.ts'
import { oauthStore } from '#lib/db/oauth-store.ts'
import { Unavailable } from '#lib/db/transaction.ts'
import { browserOf } from '#lib/end-user/browser.ts'
import { env } from '#lib/env.ts'
import { handoffSigner, idTokenSigner, jwks, signer, verifier } from '#lib/keys/sign.ts'
import type { Browser, Issuer, OAuthContext, World } from '#lib/oauth/context.ts'
import type { OAuthStore } from '#lib/oauth/store.ts'
import { clientAddress, externalOrigin } from './external-url.ts'
import { spokenLocale } from './language.ts'
import { takeFrom } from './limits.ts'
import { locate } from './locate.ts'
import { resolveIssuer } from './resolve.ts'
import { worldOf } from './world.ts'

/** What of a request decides whose it is. */
export type Incoming = {
  /** Raw and undecoded, without query. */
  readonly path: string
  readonly headers: { get(name: string): string | null }
  readonly socketAddress: string | undefined
}

/** The path below the issuer; null when the URL speaks to no issuer. Pure. */
export const pathBelowIssuer = ({ path, headers }: Pick<Incoming, 'path' | 'headers'>): string | null =>
  locate(externalOrigin(headers), path, env().BASE_URL)?.path ?? null

/** Binds the request to its project, once and for all; null when no project speaks as the URL it called. Throws `Unavailable`. */
export async function contextFor(incoming: Incoming): Promise<OAuthContext | null> {
  const location = locate(externalOrigin(incoming.headers), incoming.path, env().BASE_URL)
  const issuer = location && (await resolveIssuer(location.issuer))
  return issuer && bind(issuer, incoming)
}

function bind(issuer: Issuer, { headers, socketAddress }: Incoming): OAuthContext {
  const { projectId } = issuer
  let address: string | undefined
  let store: OAuthStore | undefined
  let browser: Browser | undefined
  let requestId: string | undefined
  let world: World | undefined
  // Each is made when it is first asked for: metadata needs none of them, a token no browser.
  return {
    issuer,
    get address() {
      address ??= clientAddress(headers, socketAddress)
      return address
    },
    get store() {
      store ??= storeOf(projectId, this.address)
      return store
    },
    get browser() {
      browser ??= browserOf(headers.get('cookie'), issuer)
      return browser
    },
    get locale() {
      return spokenLocale(headers)
    },
    get requestId() {
      requestId ??= randomUUID()
      return requestId
    },
    get world() {
      world ??= worldOf(projectId, this.address)
      return world
    },
    pepper: pepper(),
    sign: signer(projectId),
    signIdToken: idTokenSigner(projectId),
    signHandoff: handoffSigner(projectId),
    verify: async (token) => {
      const claims = await verifier(projectId)(token)
      return claims?.iss === issuer.url ? claims : null
    },
    jwks: () => jwks(projectId),
    limit: takeFrom,
    count: (kind, clientId, named) =>
      count({ projectId, kind, ...(clientId === undefined ? {} : { clientId }), ...(named === undefined ? {} : { named }) }),
    stream: (event) => streamAudit(projectId, event),
  }
}

/** A store keeps nothing but the two it was made for, and making one costs as much as parsing a request. */
const stores = new LRUCache<string, OAuthStore>({ max: 1_000 })

function storeOf(projectId: string, address: string): OAuthStore {
  const key = `${projectId} ${address}`
  const store = stores.get(key) ?? oauthStore(projectId, address)
  stores.set(key, store)
  return store
}

let pepperBytes: Buffer | undefined
function pepper(): Buffer {
  pepperBytes ??= Buffer.from(env().TOKEN_PEPPER)
  return pepperBytes
}

/** Seconds to wait, when the infrastructure failed; null for every other error. */
export const retryAfterOf = (error: unknown): number | null => (error instanceof Unavailable ? error.retryAfterSeconds : null)

/** Whether clients reach us by https, so that they may be told to do so always. */
export const speaksHttps = (): boolean => env().secureCookies
