import { createHash } from 'node:crypto'
import { secondsOf } from './access-token.ts'
import type { IdTokenClaims, OAuthContext } from './context.ts'
import { EMAIL, OPENID, PROFILE } from './scope.ts'

/** OpenID Connect Core §5.1, as far as we know it of somebody. */
export type UserClaims = { readonly email?: string; readonly email_verified?: boolean; readonly name?: string }

/** What an id_token says, and of whom. `issuedAt` is the database's now(). */
type Subject = {
  readonly userId: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly accessToken: string
  readonly issuedAt: Date
  readonly authTime: Date
  readonly nonce: string | null
  /** What the project's mappings add. */
  readonly claims: Readonly<Record<string, unknown>>
}

/**
 * OpenID Connect Core §2, §3.1.3.3: who signed in, for the client itself. It lives as long as the access token beside it.
 * Null where it was not asked for or the project has OpenID Connect off.
 */
export async function idTokenFor(subject: Subject, ctx: OAuthContext): Promise<string | null> {
  const { issuer } = ctx
  if (!issuer.openidConnect || !subject.scopes.includes(OPENID)) return null
  const iat = secondsOf(subject.issuedAt)
  const claims: IdTokenClaims = {
    ...subject.claims,
    ...(await userClaims(subject.userId, subject.scopes, ctx)),
    iss: issuer.url,
    sub: subject.userId,
    aud: subject.clientId,
    iat,
    exp: iat + issuer.accessTokenTtlSeconds,
    auth_time: secondsOf(subject.authTime),
    ...(subject.nonce === null ? {} : { nonce: subject.nonce }),
    at_hash: accessTokenHash(subject.accessToken),
  }
  return ctx.signIdToken(claims)
}

/** OpenID Connect Core §5.4: what the granted scopes let a client know. Nobody is looked up for `openid` alone. */
export async function userClaims(userId: string, scopes: readonly string[], { store }: OAuthContext): Promise<UserClaims> {
  if (!scopes.includes(EMAIL) && !scopes.includes(PROFILE)) return {}
  const person = await store.findPerson(userId)
  if (!person) return {}
  return {
    ...(scopes.includes(EMAIL) && person.email !== null ? { email: person.email, email_verified: person.emailVerified } : {}),
    ...(scopes.includes(PROFILE) && person.name ? { name: person.name } : {}),
  }
}

/** OpenID Connect Core §3.1.3.6, for an id_token signed with RS256: the left half of the token's SHA-256. */
const accessTokenHash = (accessToken: string): string =>
  createHash('sha256').update(accessToken, 'ascii').digest().subarray(0, 16).toString('base64url')
