import { secondsOf } from './access-token.ts'
import type { OAuthContext, TrustedIssuer } from './context.ts'
import { OAuthError } from './errors.ts'
import { sha256Hex } from './hash.ts'
import type { JsonWebKeySet } from './json-web-key.ts'
import { type SignedClaims, unverifiedClaims, verifySignedJwt } from './signed-jwt.ts'

/** A stranger's clock may be so far ahead of ours. Never behind: a token that has ended has nothing left to give. */
const CLOCK_SKEW_SECONDS = 60

/** Of `sub` and of `tenant`: OpenID Connect Core §2 allows 255, and an index of the database about 2,700 in all. */
const MAX_SUBJECT_BYTES = 512

/** They change what the token means: who overlooks them believes more than its issuer said (RFC 7800 §3, RFC 9396 §9, RFC 8693 §4.1). */
const NOT_SUPPORTED = ['cnf', 'authorization_details', 'act']

/** What a token signed by somebody whom the project trusts says, checked. */
export type TrustedToken = {
  readonly trusted: TrustedIssuer
  readonly subject: string
  readonly claims: SignedClaims & { readonly exp: number }
  /** What the issuer's rules let it have; null: there are no rules, so any scope of the project. */
  readonly scopes: readonly string[] | null
}

/** Why a token is not believed. For the log only. */
export type Distrust =
  | 'issuer_unknown'
  | 'signature'
  | 'type'
  | 'expiry_missing'
  | 'expired'
  | 'lives_too_long'
  | 'not_yet_valid'
  | 'audience'
  | 'subject'
  | 'unsupported_claim'
  | 'no_rule'

export type Expected = {
  readonly kind: TrustedIssuer['kind']
  /** Of the header, in lower case; undefined: none. Explicit types keep one kind of JWT from passing for another (RFC 8725 §3.11). */
  readonly types: readonly (string | undefined)[]
  readonly audiences: (trusted: TrustedIssuer) => readonly string[]
  readonly maxLifetimeSeconds: number
}

/**
 * RFC 7523 §3: a JWT by an issuer that this project trusts for `kind`, or why it is not believed.
 * Whoever presents it proves nothing by it: what it is worth, and how often, is the caller's to say.
 * Throws `temporarily_unavailable` (503) when the issuer's keys cannot be had: the same token may be good a minute later.
 */
export async function readTrustedToken(token: string, expected: Expected, now: Date, ctx: OAuthContext): Promise<TrustedToken | Distrust> {
  const iss = unverifiedClaims(token)?.iss
  const trusted = ctx.issuer.trustedIssuers.find(({ kind, issuer }) => kind === expected.kind && issuer === iss)
  if (!trusted) return 'issuer_unknown'
  const jwt = await verifySignedJwt(token, (kid) => keysOf(trusted, kid, ctx))
  if (!jwt) return 'signature'
  if (!expected.types.includes(jwt.typ)) return 'type'

  const { claims } = jwt
  const { exp, sub } = claims
  if (exp === undefined) return 'expiry_missing'
  const distrust = timeProblem(claims, expected.maxLifetimeSeconds, secondsOf(now))
  if (distrust) return distrust
  if (!namesOnly(claims.aud, expected.audiences(trusted))) return 'audience'
  if (!isSubject(sub) || (claims.tenant !== undefined && !isSubject(claims.tenant))) return 'subject'
  if (NOT_SUPPORTED.some((name) => claims[name] !== undefined)) return 'unsupported_claim'
  const scopes = scopesByRule(trusted, claims)
  return scopes === 'no_rule' ? scopes : { trusted, subject: sub, claims: { ...claims, exp }, scopes }
}

/** As issuers and clients write a URL of ours. */
export const withAndWithoutSlash = (url: string): string[] => [url, `${url}/`]

/** Names a token once and for all: by its `jti`, or by what was signed. Not by its signature, which may be written in several ways. */
export function trustedTokenId(token: string, { trusted, claims }: TrustedToken): string {
  const name = typeof claims.jti === 'string' ? ['jti', claims.jti] : ['signed', token.slice(0, token.lastIndexOf('.'))]
  return sha256Hex(JSON.stringify([trusted.kind, trusted.issuer, ...name]))
}

async function keysOf({ jwks, jwksUri }: TrustedIssuer, kid: string | undefined, { world }: OAuthContext): Promise<JsonWebKeySet> {
  const keys = jwks ?? (jwksUri === null ? null : await world.keys(jwksUri, kid))
  if (keys) return keys
  throw new OAuthError(
    'temporarily_unavailable',
    'The keys of the issuer of this token cannot be read',
    { kind: 'assertion_refused', why: 'keys_unavailable' },
    { status: 503, headers: { 'retry-after': '30' } },
  )
}

function timeProblem({ exp = 0, nbf = 0, iat = 0 }: SignedClaims, maxLifetimeSeconds: number, now: number): Distrust | null {
  if (exp <= now) return 'expired'
  if (exp > now + maxLifetimeSeconds) return 'lives_too_long'
  return Math.max(nbf, iat) > now + CLOCK_SKEW_SECONDS ? 'not_yet_valid' : null
}

/** A token that is good elsewhere too could have been stolen there. */
function namesOnly(aud: unknown, ours: readonly string[]): boolean {
  const named: unknown[] = Array.isArray(aud) ? aud : [aud]
  return named.length > 0 && named.every((each) => ours.some((one) => one === each))
}

const isSubject = (sub: unknown): sub is string =>
  typeof sub === 'string' && sub !== '' && Buffer.byteLength(sub) <= MAX_SUBJECT_BYTES && !/[\p{Cc}\p{Cs}]/u.test(sub)

/** Of a workload's issuer everybody may be a customer, so without a rule it vouches for nobody. */
function scopesByRule({ kind, rules }: TrustedIssuer, claims: SignedClaims): readonly string[] | null | 'no_rule' {
  if (rules.length === 0 && kind !== 'workload') return null
  const matching = rules.filter((rule) => Object.entries(rule.claims).every(([name, value]) => hasValue(claims, name, value)))
  return matching.length === 0 ? 'no_rule' : [...new Set(matching.flatMap(({ scopes }) => scopes))]
}

/** A claim that is a list has each of its members as its value, as `groups` does. */
function hasValue(claims: SignedClaims, name: string, value: string): boolean {
  const claim = Object.hasOwn(claims, name) ? claims[name] : undefined
  return [claim]
    .flat()
    .some((each) => each === value || ((typeof each === 'number' || typeof each === 'boolean') && String(each) === value))
}
