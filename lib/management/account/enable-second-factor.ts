import { inTransaction, read } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import { conflict, invalid, notFound, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type AccountContext, recordOwnAct } from './context.ts'
import { holdAccount } from './hold.ts'
import { type CodeInput, codeInput } from './inputs.ts'
import { replaceRecoveryCodesOf } from './recovery-codes.ts'
import { countTotpStep } from './second-factor.ts'
import { countSecondFactor, forgetSecondFactor } from './throttle.ts'
import { newTotpSecret, openTotp, sealTotp, totpAddress, totpStepOf } from './totp.ts'

/** For the member's app alone. `address`: `otpauth://…`, as the QR code says it; `secret`: the same to type in, base32. */
export type TotpSetup = { readonly secret: string; readonly address: string }

const ON_ALREADY = 'An authenticator app is set up already. Switch it off first.'

/** A new secret, which counts once its first code was right. Throws `reauthenticate`, `conflict`. */
export async function beginSecondFactor(ctx: AccountContext): Promise<TotpSetup> {
  requireRecentAuthentication(ctx)
  const { memberId } = ctx
  const secret = newTotpSecret()
  const member = await read((db) => db.member.findUnique({ where: { id: memberId }, select: { email: true } }))
  if (!member) throw notFound('Member')
  await inTransaction(async (tx) => {
    await holdAccount(tx, ctx)
    const { count } = await tx.member.updateMany({
      where: { id: memberId, totpConfirmedAt: null },
      data: { sealedTotp: sealTotp(memberId, secret), totpLastStep: null },
    })
    if (count !== 1) throw conflict(ON_ALREADY)
  })
  return { secret, address: totpAddress(secret, member.email) }
}

/**
 * From now on the app's code is asked for after the password. Answers ten recovery codes, which nobody can ask for again.
 * Throws `reauthenticate`, `invalid` for a wrong code, `conflict`, `too_many_requests`.
 */
export async function enableSecondFactor(ctx: AccountContext, input: CodeInput): Promise<{ recoveryCodes: string[] }> {
  requireRecentAuthentication(ctx)
  const code = parseInput(codeInput, input).code.replace(/\s/g, '')
  const { memberId } = ctx
  await countSecondFactor(memberId)
  const recoveryCodes = await inTransaction(async (tx) => {
    await holdAccount(tx, ctx)
    const member = await tx.member.findUnique({ where: { id: memberId }, select: { sealedTotp: true, totpConfirmedAt: true } })
    if (member?.totpConfirmedAt) throw conflict(ON_ALREADY)
    if (!member?.sealedTotp) throw conflict('Begin again: the app has no secret yet')
    const now = await databaseTime(tx)
    const step = totpStepOf(openTotp(memberId, member.sealedTotp), code, now)
    if (step === null || !(await countTotpStep(tx, memberId, step))) {
      throw invalid({ code: 'This code is wrong. Does the clock of your phone go right?' })
    }
    await tx.member.update({ where: { id: memberId }, data: { totpConfirmedAt: now } })
    const codes = await replaceRecoveryCodesOf(tx, memberId)
    await recordOwnAct(tx, ctx, { action: 'member.second_factor_enabled' })
    return codes
  })
  await forgetSecondFactor(memberId)
  return { recoveryCodes }
}
