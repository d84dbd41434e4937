import { createHmac, randomBytes } from 'node:crypto'
import { equalInConstantTime } from './hash.ts'

/** The first characters name the kind only, for secret scanners and for us: never a user, grant or project. */
export const CODE_PREFIX = 'gate_ac_'
export const REFRESH_PREFIX = 'gate_rt_'
export const DEVICE_CODE_PREFIX = 'gate_dc_'
export const CLIENT_SECRET_PREFIX = 'gate_cs_'
export const REGISTRATION_SECRET_PREFIX = 'gate_reg_'
export const SERVER_SECRET_PREFIX = 'gate_srv_'
export const REGISTRATION_TOKEN_PREFIX = 'gate_rat_'
export const API_KEY_PREFIX = 'gate_key_'

/** 256 random bits, base64url. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

const mac = (pepper: Uint8Array, ...parts: string[]): string => createHmac('sha256', pepper).update(parts.join('\0')).digest('base64url')

/** An authorization code: 256 random bits and a MAC, so that a made-up one is refused without asking the database. */
export function mintCode(pepper: Uint8Array): string {
  const random = randomToken()
  return `${CODE_PREFIX}${random}.${mac(pepper, 'code', random)}`
}

/** Minted by this installation, whichever project it was for. */
export function isMintedCode(code: string, pepper: Uint8Array): boolean {
  const [, random, tag] = /^gate_ac_([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/.exec(code) ?? []
  return random !== undefined && tag !== undefined && equalInConstantTime(tag, mac(pepper, 'code', random))
}

/** RFC 8628 §3.2, made like an authorization code: neither can be taken for the other. */
export function mintDeviceCode(pepper: Uint8Array): string {
  const random = randomToken()
  return `${DEVICE_CODE_PREFIX}${random}.${mac(pepper, 'device', random)}`
}

export function isMintedDeviceCode(code: string, pepper: Uint8Array): boolean {
  const [, random, tag] = /^gate_dc_([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/.exec(code) ?? []
  return random !== undefined && tag !== undefined && equalInConstantTime(tag, mac(pepper, 'device', random))
}

/** What we keep of a user code: it has too few bits for a hash that anybody who reads the table could try out. */
export const userCodeHashOf = (userCode: string, pepper: Uint8Array): string => mac(pepper, 'user-code', userCode)

/** 256 random bits, behind whose they are: one that is sent for another client leads to the client that lost it. */
export const mintRegistrationToken = (clientId: string): string => `${REGISTRATION_TOKEN_PREFIX}${clientId.slice(2)}.${randomToken()}`

/** The client a registration access token names, proven or not; null for what has not its form. */
export function ownerOfRegistrationToken(token: string): string | null {
  const [, owner] = /^gate_rat_([A-Za-z0-9_-]{22})\.[A-Za-z0-9_-]{43}$/.exec(token) ?? []
  return owner === undefined ? null : `c_${owner}`
}

export type ParsedRefreshToken = { readonly familyId: string; readonly generation: number }

/**
 * A refresh token is `gate_rt_<family>.<generation>.<salt>.<MAC>`.
 * The family finds its row whatever generation comes back; the MAC proves that we minted it, so a made-up token
 * that names a family changes nothing; the salt, fresh in each generation and kept in the row, lets us say the
 * same token again to a client that lost our answer, while nobody can derive the next one from an old one.
 */
export function refreshTokenOf(familyId: string, generation: number, salt: string, pepper: Uint8Array): string {
  const family = Buffer.from(familyId.replaceAll('-', ''), 'hex').toString('base64url')
  return `${REFRESH_PREFIX}${family}.${generation}.${salt}.${mac(pepper, 'refresh', family, String(generation), salt)}`
}

/** The nil UUID, which no family has: what to look for when nothing was presented. */
export const NO_FAMILY = '00000000-0000-0000-0000-000000000000'

/** 128 random bits, base64url. */
export const randomSalt = (): string => randomBytes(16).toString('base64url')

/** Null for anything we did not mint. */
export function parseRefreshToken(token: string, pepper: Uint8Array): ParsedRefreshToken | null {
  const [, family, generation, salt, tag] =
    /^gate_rt_([A-Za-z0-9_-]{22})\.([1-9]\d{0,8})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? []
  if (!family || !generation || !salt || !tag) return null
  if (!equalInConstantTime(tag, mac(pepper, 'refresh', family, generation, salt))) return null
  const hex = Buffer.from(family, 'base64url').toString('hex')
  return { familyId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), generation: Number(generation) }
}

/**
 * The handle of an authorization request in the URL of our own pages: the project's id and 128 random bits.
 * It lets a page find its row by the project's key; it is worth nothing without the cookie of the browser that opened it.
 */
export function mintRequestHandle(projectId: string): string {
  return Buffer.concat([Buffer.from(projectId.replaceAll('-', ''), 'hex'), randomBytes(16)]).toString('base64url')
}

/** Null for what is no handle. */
export function projectOfHandle(handle: string): string | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(handle)) return null
  const hex = Buffer.from(handle, 'base64url').toString('hex').slice(0, 32)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Bound to the request, the browser that opened it and who answers (null: nobody yet): useless anywhere else. */
export const csrfTokenOf = (handle: string, browserHash: string, userId: string | null, pepper: Uint8Array): string =>
  mac(pepper, 'csrf', handle, browserHash, userId ?? '')

/**
 * What the browser brings back from the customer's own sign-in page, once their backend has said who it is: it shows that this is the
 * browser that signed in there, as its cookie shows that it is the one that set out. `id`: of the hand-off, confirmed once.
 */
export const handoffProofOf = (id: string, pepper: Uint8Array): string => mac(pepper, 'handoff', id)

/** RFC 9449 §8: what a proof carries to show that it was made in, or just after, this period. */
export const dpopNonceOf = (issuerUrl: string, period: number, pepper: Uint8Array): string =>
  mac(pepper, 'dpop-nonce', issuerUrl, String(period))

/** The six digits beside a mailed link: whoever has the link may know them, so nothing else needs to be kept. */
export const emailCodeOf = (linkToken: string, pepper: Uint8Array): string => {
  const digest = createHmac('sha256', pepper).update(`email-code\0${linkToken}`).digest()
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0')
}

/** What we keep of such a code, or of a reviewer's: too few bits for a plain hash. `of`: what it counts for. */
export const shortCodeHashOf = (kind: 'email' | 'reviewer', of: string, code: string, pepper: Uint8Array): string =>
  mac(pepper, 'short-code', kind, of, code)
