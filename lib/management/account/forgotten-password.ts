import { inTransaction, read, type Transaction } from '#lib/db/transaction.ts'
import { env } from '#lib/env.ts'
import { memberResetPassword } from '#lib/mail/letters/member-reset-password.ts'
import { postMail } from '#lib/mail/outbox.ts'
import { conflict } from '../context.ts'
import { hashNewPassword } from '../members/password.ts'
import { parseInput } from '../parse.ts'
import { CHALLENGE_MINUTES, createChallenge, endMailedLinks, spendChallenge } from './challenge.ts'
import { recordOwnAct } from './context.ts'
import { forgetSecondFactorOf } from './disable-second-factor.ts'
import { type AskForResetInput, askForResetInput, type ResetPasswordInput, resetPasswordInput } from './inputs.ts'
import { senderFor } from './sender.ts'
import { countMail } from './throttle.ts'

/** Mails a link to whoever has an account of this address; for any other the same is done but the mail. Throws `invalid`, `too_many_requests`. */
export async function askForPasswordReset(input: AskForResetInput, address?: string): Promise<void> {
  const { email } = parseInput(askForResetInput, input)
  await countMail(email, address)
  const member = await read((db) => db.member.findUnique({ where: { email }, select: { id: true } }))
  const token = await createChallenge('reset-password', member?.id ?? null)
  if (!member) return
  const href = `${env().BASE_URL}/reset-password?${new URLSearchParams({ token })}`
  postMail(await senderFor(member.id), email, memberResetPassword({ href, minutes: CHALLENGE_MINUTES['reset-password'] }))
}

/**
 * The link proves the address, in any browser. Signs nobody in; every session ends. Throws `invalid` for a short password, `conflict` for
 * a link that is not, or no longer, one.
 */
export async function resetPassword(input: ResetPasswordInput, address?: string): Promise<void> {
  const { token, newPassword } = parseInput(resetPasswordInput, input)
  const passwordHash = await hashNewPassword(newPassword)
  await inTransaction(async (tx) => {
    const memberId = await spendChallenge(tx, 'reset-password', token)
    if (!memberId) throw conflict('This link was used, replaced or has expired. Ask for a new one.')
    await takeOverAddress(tx, memberId)
    await tx.$executeRaw`UPDATE member SET password_hash = ${passwordHash}, sessions_from = now() WHERE id = ${memberId}::uuid`
    await tx.$executeRaw`UPDATE member_session SET ended_at = now() WHERE member_id = ${memberId}::uuid AND ended_at IS NULL`
    await endMailedLinks(tx, memberId)
    await recordOwnAct(tx, { memberId, address }, { action: 'member.password_changed' })
  })
}

/**
 * Whoever signed up with an address that was never proven may not have been its owner: what they left to come back by goes, now that the
 * owner is here.
 */
async function takeOverAddress(tx: Transaction, memberId: string): Promise<void> {
  const proven = await tx.$executeRaw`
    UPDATE member SET email_verified_at = now() WHERE id = ${memberId}::uuid AND email_verified_at IS NULL`
  if (proven === 0) return
  await forgetSecondFactorOf(tx, memberId)
  await tx.memberPasskey.deleteMany({ where: { memberId } })
  await tx.memberIdentity.deleteMany({ where: { memberId } })
}
