import { inTransaction } from '#lib/db/transaction.ts'
import { spendChallenge } from './challenge.ts'
import { countPasskeyUse, verifyPasskey } from './passkeys.ts'
import { countChallenge } from './throttle.ts'

/**
 * Whose passkey answered; null for anything that is not as it must be. It is held and unlocked: two factors, nothing more is asked.
 * `credential`: what a browser answered, as JSON. Throws `too_many_requests`.
 */
export async function authenticatePasskey(credential: string, address?: string): Promise<string | null> {
  await countChallenge(address)
  const proof = await verifyPasskey(credential)
  if (!proof) return null
  return inTransaction(async (tx) => {
    if ((await spendChallenge(tx, 'passkey-sign-in', proof.challenge)) !== null) return null
    return (await countPasskeyUse(tx, proof)) ? proof.memberId : null
  })
}
