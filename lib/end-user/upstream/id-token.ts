import { secondsOf } from '#lib/oauth/access-token.ts'
import type { World } from '#lib/oauth/context.ts'
import { equalInConstantTime } from '#lib/oauth/hash.ts'
import type { JsonWebKeySet } from '#lib/oauth/json-web-key.ts'
import type { SignedClaims } from '#lib/oauth/signed-jwt.ts'
import { verifySignedJwt } from '#lib/oauth/signed-jwt.ts'
import { ProviderFault } from './fault.ts'

/** How far a provider's clock may be off, either way. */
const SKEW_SECONDS = 60
/** It was made for a sign-in that we began at most ten minutes ago. */
const MAX_AGE_SECONDS = 600
/** OpenID Connect Core §2. */
const MAX_SUBJECT_CHARACTERS = 255

export type ExpectedIdToken = { readonly issuer: string; readonly jwksUri: string; readonly clientId: string; readonly nonce: string }

/**
 * OpenID Connect Core §3.1.3.7: what an id_token says, once it is certain that this provider made it for us and for this very sign-in.
 * `now` is the database's. Throws `ProviderFault`.
 */
export async function verifyIdToken(
  token: string,
  { issuer, jwksUri, clientId, nonce }: ExpectedIdToken,
  now: Date,
  world: Pick<World, 'keys'>,
): Promise<SignedClaims & { readonly sub: string }> {
  const signed = await verifySignedJwt(token, (kid) => keysAt(jwksUri, kid, world))
  if (!signed) throw wrong('signature')
  const { claims } = signed
  const { iss, aud, azp, exp, iat, sub } = claims
  if (iss !== issuer) throw wrong('iss')
  // Somebody else in its audience could have got hold of it and be playing it on to us.
  const audiences: unknown[] = [aud].flat()
  if (audiences.length === 0 || !audiences.every((each) => each === clientId)) throw wrong('aud')
  if (azp !== undefined && azp !== clientId) throw wrong('azp')
  const at = secondsOf(now)
  if (exp === undefined || exp <= at - SKEW_SECONDS) throw wrong('exp')
  if (iat === undefined || iat > at + SKEW_SECONDS || iat < at - MAX_AGE_SECONDS - SKEW_SECONDS) throw wrong('iat')
  if (typeof claims.nonce !== 'string' || !equalInConstantTime(claims.nonce, nonce)) throw wrong('nonce')
  if (!isSubject(sub)) throw wrong('sub')
  return { ...claims, sub }
}

const wrong = (claim: string): ProviderFault => new ProviderFault('nonsense', `id_token_${claim}`)

async function keysAt(jwksUri: string, kid: string | undefined, world: Pick<World, 'keys'>): Promise<JsonWebKeySet> {
  const keys = await world.keys(jwksUri, kid)
  if (!keys) throw new ProviderFault('unreachable', 'keys')
  return keys
}

const isSubject = (sub: unknown): sub is string =>
  typeof sub === 'string' && sub !== '' && sub.length <= MAX_SUBJECT_CHARACTERS && !/[\p{Cc}\p{Cs}]/u.test(sub)
