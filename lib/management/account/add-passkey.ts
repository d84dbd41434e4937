import { inTransaction, type Transaction, UniqueViolation } from '#lib/db/transaction.ts'
import { parseRegistration, type VerifiedRegistration, verifyRegistration } from '#lib/end-user/passkey/response.ts'
import { conflict, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { spendChallenge } from './challenge.ts'
import { type AccountContext, recordOwnAct } from './context.ts'
import { holdAccount } from './hold.ts'
import { type AddPasskeyInput, addPasskeyInput } from './inputs.ts'
import { dashboardParty, MAX_PASSKEYS } from './passkeys.ts'

const NOT_TAKEN = 'This passkey could not be added. Try again.'

/** Throws `reauthenticate`, `invalid`, `conflict` when it is known, late, not well made, or one too many. */
export async function addPasskey(ctx: AccountContext, input: AddPasskeyInput): Promise<void> {
  requireRecentAuthentication(ctx)
  const { credential, name } = parseInput(addPasskeyInput, input)
  const registration = parseRegistration(credential)
  const registered = registration && (await verifyRegistration(registration, dashboardParty()))
  if (!registered) throw conflict(NOT_TAKEN)

  const add = inTransaction(async (tx) => {
    await holdAccount(tx, ctx)
    if ((await spendChallenge(tx, 'passkey-registration', registration.challenge)) !== ctx.memberId) throw conflict(NOT_TAKEN)
    await keep(tx, ctx.memberId, name, registered)
    await recordOwnAct(tx, ctx, { action: 'member.passkey_added', name })
  })
  await add.catch((error: unknown) => {
    throw error instanceof UniqueViolation ? conflict('This passkey was added already') : error
  })
}

async function keep(tx: Transaction, memberId: string, name: string, registered: VerifiedRegistration): Promise<void> {
  if ((await tx.memberPasskey.count({ where: { memberId } })) >= MAX_PASSKEYS)
    throw conflict(`At most ${MAX_PASSKEYS} passkeys: remove one first`)
  const { credentialId, publicKey, signCount, backedUp, transports } = registered
  await tx.memberPasskey.create({
    data: { credentialId, memberId, name, publicKey, signCount, backedUp, transports: JSON.stringify(transports) },
  })
}
