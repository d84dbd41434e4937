import { secondsOf } from './access-token.ts'
import { asPublished } from './client.ts'
import type { OAuthContext, OAuthRequest } from './context.ts'
import { OAuthError } from './errors.ts'
import { sha256Hex } from './hash.ts'
import type { JsonWebKeySet } from './json-web-key.ts'
import { unverifiedClaims, verifySignedJwt } from './signed-jwt.ts'
import type { Client, ReadAt } from './store.ts'

export const JWT_BEARER_ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** RFC 7523 §3: how far ahead an assertion may expire. Authlib's live that long. */
const MAX_LIFETIME_SECONDS = 3600
/** How far a client's clock may be off, either way. */
const SKEW_SECONDS = 60
const MAX_ID_CHARACTERS = 512
const PATHS_BY_WHICH_WE_ARE_NAMED = ['', '/api/oauth/token']
/** RFC 9126 §2: there its own URL names us too. */
const PUSHED_REQUESTS = '/api/oauth/par'

/** An assertion that passed every check but the last: whether it comes for the first time. */
export type ProvenAssertion = {
  /** SHA-256, hex, of what makes it this one. */
  readonly idHash: string
  /** By then it is too old to be sent again. */
  readonly expiresAt: Date
}

/** Who an assertion says it is of, unverified; null for what is no assertion. */
export function subjectOf(assertion: string): string | null {
  const sub = unverifiedClaims(assertion)?.sub
  return typeof sub === 'string' && sub !== '' && !sub.includes('\0') ? sub : null
}

/**
 * RFC 7523 §3 for `private_key_jwt`: the assertion when it is this client's, or why not.
 * Throws `temporarily_unavailable` (503) when the client's keys cannot be had: that is no fault of its credential.
 */
export async function verifyClientAssertion(
  assertion: string,
  client: Client & ReadAt,
  request: OAuthRequest,
  ctx: OAuthContext,
): Promise<ProvenAssertion | string> {
  // First what costs nothing: the signature is over these very claims.
  const claims = unverifiedClaims(assertion)
  const problem = claims ? problemOf(claims, client, request, ctx) : 'malformed'
  if (problem !== null) return problem

  const signed = await verifySignedJwt(assertion, (kid) => keysOf(client, kid, ctx))
  if (!signed) return 'signature'
  if (![undefined, 'jwt', 'client-authentication+jwt'].includes(signed.typ)) return 'typ'
  const { exp = 0, jti } = signed.claims
  // Remembered a little longer than it is accepted: the check of its age and the note of its use are two moments.
  const expiresAt = new Date((exp + 2 * SKEW_SECONDS) * 1000)
  return { idHash: sha256Hex(identityOf(assertion, client.clientId, jti)), expiresAt }
}

type Claims = Readonly<Record<string, unknown>>

function problemOf(
  { iss, sub, aud, exp, iat, nbf, jti }: Claims,
  { clientId, readAt }: Client & ReadAt,
  request: OAuthRequest,
  ctx: OAuthContext,
) {
  const now = secondsOf(readAt)
  if (sub !== clientId) return 'sub'
  if (iss !== clientId) return 'iss'
  if (!isForUs(aud, request, ctx)) return 'aud'
  if (typeof exp !== 'number' || exp <= now - SKEW_SECONDS || exp > now + MAX_LIFETIME_SECONDS + SKEW_SECONDS) return 'exp'
  if (iat !== undefined && !(Number(iat) <= now + SKEW_SECONDS)) return 'iat'
  if (nbf !== undefined && !(Number(nbf) <= now + SKEW_SECONDS)) return 'nbf'
  if (jti !== undefined && (typeof jti !== 'string' || jti === '' || jti.length > MAX_ID_CHARACTERS)) return 'jti'
  return null
}

/** Byte for byte, with or without a slash at the end. One stranger among several, and it could be played on from there. */
function isForUs(aud: unknown, { path }: OAuthRequest, { issuer }: OAuthContext): boolean {
  const paths = path === PUSHED_REQUESTS ? [...PATHS_BY_WHICH_WE_ARE_NAMED, path] : PATHS_BY_WHICH_WE_ARE_NAMED
  const names = paths.flatMap((each) => [`${issuer.url}${each}`, `${issuer.url}${each}/`])
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  return audiences.length > 0 && audiences.every((each) => names.some((name) => name === each))
}

async function keysOf(client: Client, kid: string | undefined, ctx: OAuthContext): Promise<JsonWebKeySet | null> {
  const isKept = client.jwks?.keys.some((key) => kid === undefined || key.kid === kid)
  const { jwks, jwksUri } = isKept ? client : await asPublished(client, ctx) // documents rotate their keys
  if (jwks !== null || jwksUri === null) return jwks
  const keys = await ctx.world.keys(jwksUri, kid)
  if (keys !== null) return keys
  throw new OAuthError(
    'temporarily_unavailable',
    "The client's keys cannot be read now, try again later",
    { kind: 'client_keys_unavailable' },
    { status: 503, headers: { 'retry-after': '60' } },
  )
}

/**
 * Without `jti` (it is optional) what was signed: not the whole text, since a signature can be written in more than one way
 * and would then count as new.
 */
const identityOf = (assertion: string, clientId: string, jti: unknown): string =>
  typeof jti === 'string'
    ? JSON.stringify(['client_assertion', clientId, 'jti', jti])
    : JSON.stringify(['client_assertion', clientId, 'signed', assertion.slice(0, assertion.lastIndexOf('.'))])
