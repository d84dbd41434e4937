import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, decodeProtectedHeader, type JWK } from 'jose'
import { OAuthError } from './errors.ts'
import { equalInConstantTime, sha256Hex } from './hash.ts'
import { type SignedClaims, verifySignedJwt } from './signed-jwt.ts'
import { parseUrl } from './url.ts'

const MAX_PROOF_CHARACTERS = 8192
const MAX_ID_CHARACTERS = 512

/** How far a client's clock may be off, either way (RFC 9449 §11.1). */
const LEEWAY_SECONDS = 300

/** RFC 7518 §6: members of a JWK that nobody else may know. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** What a proof must be about. */
export type ProofTarget = {
  readonly method: string
  /** The URL of the endpoint, without query. */
  readonly url: string
  /** The database's now(). */
  readonly now: Date
  /** What it was sent along with (RFC 9449 §7); absent where none is presented. */
  readonly accessToken?: string
  /** One of these must be in it, the newest first; absent: none is asked for. */
  readonly nonces?: readonly string[]
}

/** A proof that passed every check but the last: whether it comes for the first time. */
export type Proof = {
  /** RFC 7638 thumbprint of its key, base64url. */
  readonly jkt: string
  /** SHA-256 of its key and `jti`, hex. */
  readonly idHash: string
  /** From then on it is too old to be sent again. */
  readonly expiresAt: Date
}

/**
 * RFC 9449 §4.3, in one `DPoP` header.
 * Throws `invalid_dpop_proof`, and `use_dpop_nonce` with a nonce to use (§8).
 */
export async function verifyProof(header: string, target: ProofTarget): Promise<Proof> {
  if (header.length > MAX_PROOF_CHARACTERS) throw invalidProof('it is longer than 8 KB')
  // Two headers arrive as one, joined by a comma, which no JWT holds.
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(header)) throw invalidProof('it must be one JWT in compact form')
  const jwk = publicKeyIn(header)
  const signed = await verifySignedJwt(header, async () => ({ keys: [jwk] }))
  if (!signed) throw invalidProof('its key, algorithm or signature is not accepted')
  const { typ, claims } = signed
  if (typ !== 'dpop+jwt') throw invalidProof('typ must be dpop+jwt')
  if (claims.htm !== target.method) throw invalidProof('htm must be the method of the request')
  const htu = typeof claims.htu === 'string' ? comparable(claims.htu) : null
  if (htu === null || htu !== comparable(target.url)) throw invalidProof('htu must be the URL of the endpoint')
  if (target.nonces) requireNonce(claims.nonce, target.nonces)
  const issuedAt = requireRecent(claims, target.now)
  if (target.accessToken !== undefined && claims.ath !== hashOf(target.accessToken))
    throw invalidProof('ath must be the hash of the access token')
  const { jti } = claims
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_ID_CHARACTERS) throw invalidProof('jti is missing or too long')

  const jkt = await calculateJwkThumbprint(jwk)
  // Of one key: else a stranger could use up the ids of others.
  return { jkt, idHash: sha256Hex(`dpop ${jkt} ${jti}`), expiresAt: new Date((issuedAt + LEEWAY_SECONDS + 1) * 1000) }
}

/** RFC 9449 §5, §7.1. `why` is a fixed text: nothing of the proof is said back. */
export const invalidProof = (why: string): OAuthError =>
  new OAuthError('invalid_dpop_proof', `The DPoP proof is not valid: ${why}`, { kind: 'dpop_refused', why })

/** A proof without any key of its own proves nothing; one that brings a private key has given it away. */
function publicKeyIn(proof: string): JWK {
  let jwk: unknown
  try {
    jwk = decodeProtectedHeader(proof).jwk
  } catch {
    throw invalidProof('it must be one JWT in compact form')
  }
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) throw invalidProof('its header must hold a jwk')
  if (PRIVATE_MEMBERS.some((member) => member in jwk)) throw invalidProof('jwk must be a public key')
  return jwk as JWK
}

/** RFC 9449 §4.3: compared after scheme-based normalisation, without query and fragment. Null for what is no URL of that kind. */
function comparable(text: string): string | null {
  const url = /^https?:\/\/[^\s\\]+$/i.test(text) ? parseUrl(text) : null
  return !url || url.username || url.password ? null : `${url.origin}${url.pathname}`
}

function requireNonce(sent: unknown, nonces: readonly string[]): void {
  if (typeof sent === 'string' && nonces.some((nonce) => equalInConstantTime(nonce, sent))) return
  throw new OAuthError(
    'use_dpop_nonce',
    'The DPoP proof must carry a nonce of this server',
    { kind: 'dpop_refused', why: 'nonce' },
    { headers: { 'dpop-nonce': nonces[0] ?? '' } },
  )
}

/** Answers `iat`. */
function requireRecent({ iat, exp }: SignedClaims, now: Date): number {
  const seconds = now.getTime() / 1000
  if (iat === undefined || Math.abs(iat - seconds) > LEEWAY_SECONDS) throw invalidProof('iat must be within five minutes of now')
  if (exp !== undefined && exp <= seconds) throw invalidProof('it has expired')
  return iat
}

/** RFC 9449 §4.2 `ath`. */
const hashOf = (accessToken: string): string => createHash('sha256').update(accessToken).digest('base64url')
