import { read } from '#lib/db/transaction.ts'
import { PASSKEY_ALGORITHMS } from '#lib/end-user/passkey/response.ts'
import { conflict, notFound, requireRecentAuthentication } from '../context.ts'
import { CHALLENGE_MINUTES, createChallenge } from './challenge.ts'
import type { AccountContext } from './context.ts'
import { dashboardParty, MAX_PASSKEYS, memberHandleOf } from './passkeys.ts'
import { countChallenge } from './throttle.ts'

/** `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3 §5.1.10). It names no credential: whoever asks learns nothing of any account. */
export type PasskeyRequest = {
  readonly challenge: string
  readonly rpId: string
  readonly userVerification: 'required'
  readonly timeout: number
}

/** `memberId`: only they may answer; null: whoever wants to sign in. Throws `too_many_requests`. */
export async function passkeyRequest(memberId: string | null, address?: string): Promise<PasskeyRequest> {
  await countChallenge(address)
  const challenge = await createChallenge('passkey-sign-in', memberId)
  const timeout = CHALLENGE_MINUTES['passkey-sign-in'] * 60_000
  return { challenge, rpId: dashboardParty().id, userVerification: 'required', timeout }
}

/** `PublicKeyCredentialCreationOptionsJSON` (WebAuthn Level 3 §5.1.9). */
export type PasskeyCreation = {
  challenge: string
  rp: { id: string; name: string }
  user: { id: string; name: string; displayName: string }
  pubKeyCredParams: { type: 'public-key'; alg: number }[]
  excludeCredentials: { type: 'public-key'; id: string }[]
  authenticatorSelection: { residentKey: 'required'; requireResidentKey: true; userVerification: 'required' }
  attestation: 'none'
  timeout: number
}

/**
 * The ids of passkeys that the member has go with it, so that no authenticator makes a second one. Throws `reauthenticate`, `conflict`
 * beyond twenty.
 */
export async function passkeyCreation(ctx: AccountContext): Promise<PasskeyCreation> {
  requireRecentAuthentication(ctx)
  const { memberId } = ctx
  const member = await read((db) => db.member.findUnique({ where: { id: memberId }, select: { email: true, name: true } }))
  if (!member) throw notFound('Member')
  const known = await read((db) => db.memberPasskey.findMany({ where: { memberId }, select: { credentialId: true } }))
  if (known.length >= MAX_PASSKEYS) throw conflict(`At most ${MAX_PASSKEYS} passkeys: remove one first`)
  return {
    challenge: await createChallenge('passkey-registration', memberId),
    rp: { id: dashboardParty().id, name: 'Gatehouse' },
    user: { id: memberHandleOf(memberId), name: member.email, displayName: member.name },
    pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    excludeCredentials: known.map(({ credentialId }) => ({ type: 'public-key', id: credentialId })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
    timeout: CHALLENGE_MINUTES['passkey-registration'] * 60_000,
  }
}
