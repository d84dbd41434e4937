import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { issuerWith } from './conformance/issuer.ts'
import type { Browser, OAuthContext, OAuthRequest, ResourceOwnerSession } from './context.ts'
import { sha256Hex } from './hash.ts'
import { openInteraction } from './interaction.ts'
import { csrfTokenOf, mintRequestHandle } from './opaque-token.ts'
import type { StoredAuthorizationRequest } from './store.ts'

const issuer = issuerWith()
const pepper = new Uint8Array(32).fill(7)
const handle = mintRequestHandle(randomUUID())
const owner: ResourceOwnerSession = { userId: 'user_1', email: 'ada@example.com', name: null, authTime: new Date(0), scopeCeiling: null }
const waiting: StoredAuthorizationRequest = {
  idHash: sha256Hex(handle),
  issuer: issuer.url,
  clientId: 'c_1',
  redirectUri: 'https://client.example.com/cb',
  redirectUriSent: true,
  scope: 'read',
  resources: ['https://mcp.acme.com/mcp'],
  state: null,
  codeChallenge: 'c'.repeat(43),
  metadataHash: '',
  nonce: null,
  dpopJkt: null,
  deviceCodeHash: null,
  loginHint: null,
  browserHash: 'browser',
  authTimeFrom: null,
  answered: false,
  expired: false,
}

type Given = {
  readonly pending?: Partial<StoredAuthorizationRequest> | null
  readonly session?: ResourceOwnerSession | null
  readonly browserHash?: string | null
  /** Who the token in the form was made for; null: nobody. */
  readonly tokenFor?: string | null
  readonly by?: 'anybody' | 'owner'
}

/** The status of the page, where a redirect goes, or `open`. The form's token is right for this browser. */
async function opened({
  pending = {},
  session = owner,
  browserHash = 'browser',
  tokenFor = 'user_1',
  by = 'owner',
}: Given): Promise<string> {
  const browser: Pick<Browser, 'hash' | 'session'> = { hash: browserHash, session: async () => session }
  const store = { findAuthorizationRequest: async () => (pending === null ? null : { ...waiting, ...pending }) }
  const ctx = { issuer, browser, store, pepper, count: () => {} } as unknown as OAuthContext
  const csrf = csrfTokenOf(handle, browserHash ?? '', tokenFor, pepper)
  const request: OAuthRequest = {
    method: 'POST',
    path: '/oauth/consent',
    query: '',
    headers: new Headers({ 'content-type': 'application/x-www-form-urlencoded', origin: 'https://auth.example.com' }),
    body: new TextEncoder().encode(new URLSearchParams({ request: handle, csrf }).toString()),
  }
  const result = await openInteraction(request, ctx, { by })
  if (!('kind' in result)) return 'open'
  return result.kind === 'page' ? String(result.status) : result.to.replace(handle, 'HANDLE')
}

describe('a form of our pages', () => {
  it('opens the request it was shown for', async () => expect(await opened({})).toBe('open'))

  it.each<[string, Given, string]>([
    ['K13 of a request that another browser opened, though its token is right for this one', { browserHash: 'other' }, '400'],
    ['K13 of a browser that has no cookie', { browserHash: null }, '403'],
    ['K10 of a request that was answered', { pending: { answered: true } }, '400'],
    ['of a request whose time is over', { pending: { expired: true } }, '400'],
    ['of a request that is not there', { pending: null }, '400'],
    ['T01 of a request at another issuer of the project', { pending: { issuer: 'https://login.customer.example' } }, '400'],
    ['K13 that was shown to another account', { tokenFor: 'user_2' }, '403'],
    ['K13 that was shown to nobody, now that somebody is to answer', { tokenFor: null }, '403'],
    ['K01 whose account signed out meanwhile', { session: null }, 'https://auth.example.com/p/acme/sign-in?request=HANDLE'],
  ])('opens nothing when it is one %s', async (_, given, outcome) => expect(await opened(given)).toBe(outcome))

  it.each<[string, Given, string]>([
    ['to nobody', { by: 'anybody', session: null, tokenFor: null }, 'open'],
    ['to nobody, before somebody signed in in another tab', { by: 'anybody', tokenFor: null }, 'open'],
    ['to who is signed in', { by: 'anybody' }, 'open'],
    ['to another account', { by: 'anybody', tokenFor: 'user_2' }, '403'],
    ['to somebody who signed out meanwhile', { by: 'anybody', session: null }, '403'],
  ])('for signing in counts when it was shown %s: %j', async (_, given, outcome) => expect(await opened(given)).toBe(outcome))
})
