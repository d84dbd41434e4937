import type { Issuer } from '#lib/oauth/context.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'

/** What passkeys are bound to (WebAuthn Level 3 §4): `id` by the authenticator, `origin` by the browser. Both exact: no parent domain. */
export type RelyingParty = { readonly id: string; readonly origin: string }

export function relyingPartyOf({ url }: Pick<Issuer, 'url'>): RelyingParty {
  const { hostname, origin } = new URL(url)
  return { id: hostname, origin }
}

/**
 * The user as authenticators know them, 32 bytes in base64url (WebAuthn Level 3 §14.6.1: tells nothing of the person). Issuers with a
 * path share one host and so one relying party: the project is part of it, so that a passkey of one is no passkey of another, and
 * adding one here replaces none there.
 */
export const userHandleOf = (projectId: string, userId: string): string =>
  Buffer.from(sha256Hex(['passkey', projectId, userId].join('\0')), 'hex').toString('base64url')
