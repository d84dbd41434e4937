import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose'

/** RFC 7517 §5, public keys only. */
export type JsonWebKeySet = { readonly keys: readonly JWK[] }

/** What others may sign with: asymmetric, so that a public key can never be taken for a shared secret. */
export const ASSERTION_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const

const MAX_CHARACTERS = 16_384
const MIN_RSA_BITS = 2048

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
  const { keys } = (await keysOf(header.kid)) ?? { keys: [] }
  for (const key of keys.filter((candidate) => mayVerify(candidate, header))) {
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

/** A `kid` decides where both have one; a key is never used for another algorithm than its own. */
function mayVerify(key: JWK, { alg, kid }: Header): boolean {
  if (kid !== undefined && key.kid !== undefined && key.kid !== kid) return false
  if (key.use !== undefined && key.use !== 'sig') return false
  if (key.alg !== undefined && key.alg !== alg && !(alg === 'EdDSA' && key.alg === 'Ed25519')) return false
  switch (alg) {
    case 'ES256':
      return key.kty === 'EC' && key.crv === 'P-256'
    case 'EdDSA':
      return key.kty === 'OKP' && key.crv === 'Ed25519'
    default:
      return key.kty === 'RSA' && Buffer.from(key.n ?? '', 'base64url').length * 8 >= MIN_RSA_BITS
  }
}

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
