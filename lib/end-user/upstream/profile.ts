import { parseEmailAddress } from '#lib/email-address.ts'

/** What a provider says of somebody who is new here. */
export type Profile = {
  /** One that the provider has verified; null: none. */
  readonly email: string | null
  readonly name: string | null
}

const MAX_NAME_CHARACTERS = 80
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u

/** Plain ASCII only: another spelling of somebody's address must not become that address by being normalised. */
export const verifiedEmail = (email: unknown, verified: unknown): string | null =>
  verified === true && typeof email === 'string' && /^[\x21-\x7e]+$/.test(email) ? parseEmailAddress(email) : null

/** It is shown to people: what would mislead them is no name. */
export function shownName(name: unknown): string | null {
  const text = typeof name === 'string' ? name.trim() : ''
  return text === '' || INVISIBLE.test(text) ? null : text.slice(0, MAX_NAME_CHARACTERS)
}
