import type { Issuer, OAuthResult } from './context.ts'
import type { OAuthErrorCode } from './errors.ts'
import { isSafeToEmit } from './redirect-uri.ts'

/** Where an answer goes: proven to be the client's before one of these is made. */
export type ProvenRedirect = { readonly redirectUri: string; readonly state: string | null }

/** RFC 6749 §4.1.2, RFC 9207 §2. */
export const codeResponse = (code: string, to: ProvenRedirect, issuer: Issuer): OAuthResult => redirect({ code }, to, issuer)

/** RFC 6749 §4.1.2.1. The description is one of our own sentences, never input. */
export const errorResponse = (error: OAuthErrorCode, description: string, to: ProvenRedirect, issuer: Issuer): OAuthResult =>
  redirect({ error, error_description: description }, to, issuer)

function redirect(parameters: Record<string, string>, { redirectUri, state }: ProvenRedirect, issuer: Issuer): OAuthResult {
  if (!isSafeToEmit(redirectUri)) throw new TypeError('a redirect URI that may not be emitted was stored')
  const query = new URLSearchParams(parameters)
  if (state !== null) query.set('state', state)
  if (issuer.issParameter) query.set('iss', issuer.url)
  // Appended to the raw string: a parser would rewrite what the client compares byte for byte.
  return { kind: 'redirect', to: `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}` }
}
