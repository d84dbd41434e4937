import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import { canSign, type JsonWebKeySet } from './json-web-key.ts'

/** What others may sign with: asymmetric, so that a public key can never be taken for a shared secret. */
export const ASSERTION_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const

const MAX_CHARACTERS = 16_384
/** How many keys of a set one signature is tried with: a set is a stranger's, and so is the time it costs. */
const MAX_TRIES = 20

/** Claims whose dates are whole seconds; everything else is for the caller to check. */
export type SignedClaims = {
  readonly exp?: number
  readonly nbf?: number
  readonly iat?: number
  readonly [claim: string]: unknown
}

/** `typ` in lower case, without `application/`; undefined: none. */
export type SignedJwt = { readonly typ: string | undefined; readonly kid: string | undefined; readonly claims: SignedClaims }

/**
 * A JWT that somebody else signed, in compact form (RFC 7519 §7.2, RFC 8725): null for whatever is wrong with it.
 * `keysOf` answers the signer's keys; nothing in the token itself says where they are (`jku`, `x5u` and `jwk` are not read).
 * Expiry, issuer, audience and `typ` are the caller's to check, times on the database's clock.
 */
export async function verifySignedJwt(
  token: string,
  keysOf: (kid: string | undefined) => Promise<JsonWebKeySet | null>,
): Promise<SignedJwt | null> {
  if (token.length > MAX_CHARACTERS || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return null
  const header = headerOf(token)
  if (!header) return null
  const set = await keysOf(header.kid)
  for (const key of candidates(set?.keys ?? [], header)) {
    const claims = await claimsBy(key, header.alg, token)
    if (claims) return { typ: header.typ, kid: header.kid, claims }
  }
  return null
}

/** The claims as they stand, unverified: only to find whose keys to ask for. Null for what is no JWT. */
export function unverifiedClaims(token: string): Readonly<Record<string, unknown>> | null {
  const [, payload] = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token.length > MAX_CHARACTERS ? '' : token) ?? []
  return payload === undefined ? null : objectOf(Buffer.from(payload, 'base64url'))
}

/** The header's `typ` as it stands, unverified: only to find out how to read the rest. In the form of `SignedJwt`. */
export const unverifiedType = (token: string): string | undefined =>
  token.length > MAX_CHARACTERS || !/^[\w-]+\./.test(token) ? undefined : headerOf(token)?.typ

type Header = { readonly alg: string; readonly kid: string | undefined; readonly typ: string | undefined }

function headerOf(token: string): Header | null {
  let header: Readonly<Record<string, unknown>>
  try {
    header = decodeProtectedHeader(token)
  } catch {
    return null
  }
  const { alg, kid, typ, crit, b64 } = header
  if (typeof alg !== 'string' || !ASSERTION_ALGORITHMS.some((allowed) => allowed === alg)) return null
  // An extension that we must understand (RFC 7515 §4.1.11): we know none.
  if (crit !== undefined || b64 !== undefined) return null
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > 512)) return null
  if (typ !== undefined && typeof typ !== 'string') return null
  return { alg, kid, typ: typ?.toLowerCase().replace(/^application\//, '') }
}

/** Keys of the name in the header, or else those without a name. */
function candidates(keys: readonly JWK[], header: Header): readonly JWK[] {
  const fitting = keys.filter((key) => fits(key, header.alg))
  const named = header.kid === undefined ? fitting : fitting.filter(({ kid }) => kid === header.kid)
  return (named.length > 0 ? named : fitting.filter(({ kid }) => kid === undefined)).slice(0, MAX_TRIES)
}

/** A key is never used for another algorithm than its own (RFC 8725 §3.1). */
function fits(key: JWK, alg: string): boolean {
  if (!canSign(key)) return false
  if (key.alg !== undefined && key.alg !== alg && !(alg === 'EdDSA' && key.alg === 'Ed25519')) return false
  return key.kty === KEY_TYPES[alg]
}

const KEY_TYPES: Readonly<Record<string, string>> = { RS256: 'RSA', PS256: 'RSA', ES256: 'EC', EdDSA: 'OKP' }

async function claimsBy(key: JWK, alg: string, token: string): Promise<SignedClaims | null> {
  try {
    const { kty, n, e, crv, x, y } = key
    const publicKey = await importJWK({ kty, n, e, crv, x, y } as JWK, alg)
    const { payload } = await compactVerify(token, publicKey, { algorithms: [alg] })
    const claims = objectOf(payload)
    return claims && ['exp', 'nbf', 'iat'].every((name) => claims[name] === undefined || isTime(claims[name])) ? claims : null
  } catch {
    return null
  }
}

/** RFC 7519 §2 allows fractions; nobody who means well sends them, and 1e400 would never expire. */
const isTime = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0

function objectOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
