import { sha256Hex } from '#lib/oauth/hash.ts'
import {
  API_KEY_PREFIX,
  CLIENT_SECRET_PREFIX,
  REGISTRATION_SECRET_PREFIX,
  randomToken,
  SERVER_SECRET_PREFIX,
} from '#lib/oauth/opaque-token.ts'

const PREFIXES = {
  registration: REGISTRATION_SECRET_PREFIX,
  server: SERVER_SECRET_PREFIX,
  client: CLIENT_SECRET_PREFIX,
  'api-key': API_KEY_PREFIX,
} as const

/** 256 random bits: the text is shown once, the rest is stored. */
export type NewSecret = { readonly secret: string; readonly secretHash: string; readonly lastFour: string }

export function newSecret(kind: keyof typeof PREFIXES): NewSecret {
  const secret = PREFIXES[kind] + randomToken()
  return { secret, secretHash: sha256Hex(secret), lastFour: secret.slice(-4) }
}
