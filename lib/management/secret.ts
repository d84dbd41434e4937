import { randomBytes } from 'node:crypto'
import { sha256Hex } from '#lib/oauth/hash.ts'

/** Recognisable by people and by secret scanners. */
const PREFIXES = { registration: 'gate_reg_', server: 'gate_srv_', client: 'gate_cs_' } as const

/** 256 random bits: the text is shown once, the rest is stored. */
export type NewSecret = { readonly secret: string; readonly secretHash: string; readonly lastFour: string }

export function newSecret(kind: keyof typeof PREFIXES): NewSecret {
  const secret = PREFIXES[kind] + randomBytes(32).toString('base64url')
  return { secret, secretHash: sha256Hex(secret), lastFour: secret.slice(-4) }
}

/** `prefix` and 128 random bits. */
export const newId = (prefix: 'c_' | 'user_'): string => prefix + randomBytes(16).toString('base64url')
