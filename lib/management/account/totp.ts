import { Secret, TOTP } from 'otpauth'
import { open, seal } from '#lib/keys/seal.ts'

/** RFC 6238 as every authenticator app does it: SHA-1, six digits, thirty seconds. */
const PERIOD_SECONDS = 30
/** Clocks differ, and typing takes its time: the step before and the one after count too (RFC 6238 §5.2). */
const WINDOW = 1
const SECRET_BYTES = 20
const ISSUER = 'Gatehouse'

/** Base32, as it is typed into an app. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

export const sealTotp = (memberId: string, secret: string): string => seal(secret, { memberId, kind: 'member-totp' })

/** Throws `SealBroken`. */
export const openTotp = (memberId: string, sealed: string): string => open(sealed, { memberId, kind: 'member-totp' })

/** `otpauth://…`, what the QR code says. `email`: how the app calls the entry. */
export const totpAddress = (secret: string, email: string): string => totpOf(secret, email).toString()

/** Which step of time this is the code of; null: of none that counts at `now`. */
export function totpStepOf(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now.getTime(), window: WINDOW })
  return delta === null ? null : Math.floor(now.getTime() / 1_000 / PERIOD_SECONDS) + delta
}

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS, secret: Secret.fromBase32(secret) })
