import type { Profile } from 'next-auth'
import { parseEmailAddress } from '#lib/email-address.ts'
import { env } from '#lib/env.ts'
import type { ProviderProfile } from '#lib/management/account/identity.ts'
import type { ProviderId } from '#lib/management/account/inputs.ts'

/** OpenID Connect Core §5.1, as far as it concerns us; GitHub's API is made to say the same. Said by a stranger: of any type. */
export type Claims = Profile & { readonly sub: string; readonly email_verified?: unknown; readonly preferred_username?: unknown }

const MAX_NAME = 80
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]+/gu

/**
 * What we take of a provider's word. A company's own provider often does not say whether it verified an address: then an account may be
 * made with it, and the address is confirmed by mail. One that it says is not verified is none.
 */
export function profileFrom(provider: ProviderId, claims: Claims): ProviderProfile {
  const { sub, email, email_verified, name, preferred_username } = claims
  const unsaid = email_verified === undefined && provider === 'oidc'
  const isVerified = email_verified === true || email_verified === 'true'
  const address = typeof email === 'string' && (isVerified || unsaid) ? parseEmailAddress(email) : null
  const login = shown(preferred_username)
  return {
    provider,
    // Another provider set up in its place numbers its people anew.
    subject: provider === 'oidc' ? `${env().OIDC_ISSUER} ${sub}` : sub,
    email: address,
    emailVerified: isVerified,
    name: shown(name) ?? login ?? address?.split('@')[0] ?? 'Member',
    label: login ?? address ?? sub.slice(0, MAX_NAME),
  }
}

/** One line, nothing invisible; null for nothing. */
function shown(said: unknown): string | null {
  if (typeof said !== 'string') return null
  return [...said.replace(INVISIBLE, ' ').trim()].slice(0, MAX_NAME).join('') || null
}
