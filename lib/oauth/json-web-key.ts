import type { JWK } from 'jose'

/** RFC 7517 §5, public keys only. */
export type JsonWebKeySet = { readonly keys: readonly JWK[] }

export const MIN_RSA_BITS = 2048
/** Verifying costs with the square of the length, and the length is the stranger's to choose. */
export const MAX_RSA_BITS = 4096

const MAX_KEYS = 20
const MAX_BYTES = 16 * 1024
const MAX_KID_CHARACTERS = 512
/** RFC 7518 §6: members of a private or symmetric key, of whatever type. */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']
/** What is kept of a key: the public part, and what says how it may be used. */
const KEPT_MEMBERS = ['kty', 'n', 'e', 'crv', 'x', 'y', 'kid', 'use', 'key_ops', 'alg'] as const

/**
 * A client's own keys, RFC 7517 §5, for verifying its signatures; a sentence for its developer when they may not be kept.
 * Keys of kinds we cannot use (encryption, other curves) are left out; a private or symmetric one refuses the whole set.
 */
export function parseJsonWebKeySet(value: unknown): JsonWebKeySet | string {
  if (!isObject(value) || !Array.isArray(value.keys)) return 'jwks must be a JSON Web Key Set'
  if (Buffer.byteLength(JSON.stringify(value)) > MAX_BYTES) return 'jwks must have at most 16 KB'
  const { keys } = value as { keys: unknown[] }
  if (keys.length > MAX_KEYS) return 'jwks must have at most 20 keys'
  if (!keys.every(isObject)) return 'jwks must be a JSON Web Key Set'
  if (keys.some((key) => key.kty === 'oct' || SECRET_MEMBERS.some((name) => key[name] !== undefined)))
    return 'jwks must hold public keys only'
  if (keys.some((key) => !isKeyId(key.kid))) return 'A key has a kid that is no text of at most 512 characters'
  const kids = keys.map(({ kid }) => kid).filter((kid) => kid !== undefined)
  if (new Set(kids).size < kids.length) return 'jwks must not have a kid twice'
  if (keys.some((key) => key.kty === 'RSA' && !isRsaKey(key as JWK))) return 'An RSA key must have 2048 to 4096 bits'
  const usable = keys.filter((key) => canSign(key as JWK)).map(publicPart)
  return usable.length > 0 ? { keys: usable } : 'jwks must have an RSA, P-256 or Ed25519 key to verify signatures with'
}

/** Bits of the modulus, without leading zeros; 0 for what is no key. */
export function rsaBits({ n }: JWK): number {
  if (typeof n !== 'string' || !/^[\w-]+$/.test(n)) return 0
  const bytes = Buffer.from(n, 'base64url')
  const first = bytes.findIndex((byte) => byte !== 0)
  return first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24
}

/** Whether the key is of a type and for a use that can verify one of the signatures we take. */
export function canSign(key: JWK): boolean {
  if (key.use !== undefined && key.use !== 'sig') return false
  if (key.key_ops !== undefined && !(Array.isArray(key.key_ops) && key.key_ops.includes('verify'))) return false
  switch (key.kty) {
    case 'RSA':
      return isRsaKey(key)
    case 'EC':
      return key.crv === 'P-256' && isCoordinate(key.x) && isCoordinate(key.y)
    case 'OKP':
      return key.crv === 'Ed25519' && isCoordinate(key.x)
    default:
      return false
  }
}

function isRsaKey(key: JWK): boolean {
  const bits = rsaBits(key)
  return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS && isExponent(key.e)
}

/** Odd, and not 1, with which a signature is the message itself. */
function isExponent(e: unknown): boolean {
  if (typeof e !== 'string' || !/^[\w-]{2,10}$/.test(e)) return false
  const value = BigInt(`0x${Buffer.from(e, 'base64url').toString('hex')}`)
  return value > 1n && value % 2n === 1n
}

/** 32 bytes, base64url. */
const isCoordinate = (value: unknown): boolean => typeof value === 'string' && /^[\w-]{43}$/.test(value)

const isKeyId = (kid: unknown): boolean => kid === undefined || (typeof kid === 'string' && kid.length <= MAX_KID_CHARACTERS)

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const publicPart = (key: Record<string, unknown>): JWK =>
  Object.fromEntries(KEPT_MEMBERS.filter((name) => key[name] !== undefined).map((name) => [name, key[name]])) as JWK
