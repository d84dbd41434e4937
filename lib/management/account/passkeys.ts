import { read, type Transaction } from '#lib/db/transaction.ts'
import { parseAssertion, type VerifiedAssertion, verifyAssertion } from '#lib/end-user/passkey/response.ts'
import { env } from '#lib/env.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'

export const MAX_PASSKEYS = 20

export type OwnPasskey = {
  readonly credentialId: string
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  /** It lies in a password manager that synchronises it. */
  readonly backedUp: boolean
}

/** What passkeys of the dashboard are bound to (WebAuthn Level 3 §4). Issuers below a path share the host: the handle tells them apart. */
export function dashboardParty(): { readonly id: string; readonly origin: string } {
  const { hostname, origin } = new URL(env().BASE_URL)
  return { id: hostname, origin }
}

/** The member as authenticators know them, 32 bytes in base64url (WebAuthn Level 3 §14.6.1: tells nothing of the person). */
export const memberHandleOf = (memberId: string): string =>
  Buffer.from(sha256Hex(['member-passkey', memberId].join('\0')), 'hex').toString('base64url')

/** Oldest first. */
export async function passkeysOf(memberId: string): Promise<OwnPasskey[]> {
  return read((db) =>
    db.memberPasskey.findMany({
      where: { memberId },
      select: { credentialId: true, name: true, createdAt: true, lastUsedAt: true, backedUp: true },
      orderBy: [{ createdAt: 'asc' }, { credentialId: 'asc' }],
    }),
  )
}

/** A signature that holds. Whether its challenge was ours is still to be asked. */
export type PasskeyProof = {
  readonly memberId: string
  readonly credentialId: string
  readonly challenge: string
  readonly verified: VerifiedAssertion
}

/** `credential`: what a browser answered, as JSON. Null for anything that no passkey of a member signed. */
export async function verifyPasskey(credential: string): Promise<PasskeyProof | null> {
  const assertion = parseAssertion(credential)
  const passkey =
    assertion &&
    (await read((db) =>
      db.memberPasskey.findUnique({ where: { credentialId: assertion.id }, select: { memberId: true, publicKey: true } }),
    ))
  if (!assertion || !passkey) return null
  const { memberId, publicKey } = passkey
  const verified = await verifyAssertion(assertion, { publicKey, userHandle: memberHandleOf(memberId) }, dashboardParty())
  return verified && { memberId, credentialId: assertion.id, challenge: assertion.challenge, verified }
}

/**
 * Counts one use of it. False when its counter has not grown: somebody may have a copy of the key (WebAuthn Level 3 §6.1.1).
 * Authenticators that do not count say 0 for ever. False too when it was removed meanwhile.
 */
export async function countPasskeyUse(tx: Transaction, { memberId, credentialId, verified }: PasskeyProof): Promise<boolean> {
  const { signCount, backedUp } = verified
  const used = await tx.$executeRaw`
    UPDATE member_passkey SET sign_count = ${signCount}::bigint, backed_up = ${backedUp}, last_used_at = now()
    WHERE credential_id = ${credentialId} AND member_id = ${memberId}::uuid
      AND (sign_count < ${signCount}::bigint OR (sign_count = 0 AND ${signCount}::bigint = 0))`
  return used === 1
}
