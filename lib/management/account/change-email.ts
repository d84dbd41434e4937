import { inTransaction, read, type Transaction, UniqueViolation } from '#lib/db/transaction.ts'
import { env } from '#lib/env.ts'
import { memberAddressTaken } from '#lib/mail/letters/member-address-taken.ts'
import { memberChangeEmail } from '#lib/mail/letters/member-change-email.ts'
import { memberEmailChanged } from '#lib/mail/letters/member-email-changed.ts'
import { postMail } from '#lib/mail/outbox.ts'
import { conflict, invalid, notFound, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { CHALLENGE_MINUTES, createChallenge, endMailedLinks, spendEmailChange } from './challenge.ts'
import { type AccountContext, recordOwnAct } from './context.ts'
import { endAllBut } from './end-session.ts'
import { holdAccount } from './hold.ts'
import { type ChangeEmailInput, type ConfirmEmailInput, changeEmailInput, confirmEmailInput } from './inputs.ts'
import { canMailMembers, senderFor } from './sender.ts'
import { countMail } from './throttle.ts'

/**
 * Mails a link to the new address; nothing changes before it is opened. Whether somebody has that address only its own mail tells.
 * Throws `reauthenticate`, `invalid`, `conflict` where there is no mail, `too_many_requests`.
 */
export async function askToChangeEmail(ctx: AccountContext, input: ChangeEmailInput): Promise<void> {
  requireRecentAuthentication(ctx)
  const { email } = parseInput(changeEmailInput, input)
  if (!canMailMembers()) throw conflict('This installation can not send mail, and a new address must be confirmed by one')
  const { memberId, address } = ctx
  const member = await read((db) => db.member.findUnique({ where: { id: memberId }, select: { email: true } }))
  if (!member) throw notFound('Member')
  if (member.email === email) throw invalid({ email: 'This is your address already' })
  await countMail(member.email, address)
  await countMail(email, address)

  const token = await createChallenge('change-email', memberId, email)
  const taken = await read((db) => db.member.findUnique({ where: { email }, select: { id: true } }))
  const href = `${env().BASE_URL}/verify-email?${new URLSearchParams({ token })}`
  const letter = taken
    ? memberAddressTaken({ href: `${env().BASE_URL}/login` })
    : memberChangeEmail({ href, minutes: CHALLENGE_MINUTES['change-email'] })
  postMail(await senderFor(memberId), email, letter)
}

/**
 * Only in a session of the member who asked: a link that went to a stranger by a slip of the pen must not hand the account over. Every
 * other session and mailed link ends, and the address that was left is told. Throws `reauthenticate`, `conflict` for a link that is not, or
 * no longer, one of theirs.
 */
export async function confirmEmailChange(ctx: AccountContext, input: ConfirmEmailInput): Promise<void> {
  const { token } = parseInput(confirmEmailInput, input)
  const sender = await senderFor(ctx.memberId)
  try {
    const left = await inTransaction((tx) => change(tx, ctx, token))
    postMail(sender, left, memberEmailChanged())
  } catch (error) {
    if (error instanceof UniqueViolation) throw conflict('Somebody made an account with this address meanwhile')
    throw error
  }
}

/** The address that was left. */
async function change(tx: Transaction, ctx: AccountContext, token: string): Promise<string> {
  const { memberId } = ctx
  await holdAccount(tx, ctx)
  const email = await spendEmailChange(tx, memberId, token)
  if (email === undefined) throw conflict('This link was used, replaced or has expired. Ask for a new one on your profile.')
  const { email: left } = await tx.member.findUniqueOrThrow({ where: { id: memberId }, select: { email: true } })
  await tx.$executeRaw`UPDATE member SET email = ${email}, email_verified_at = now() WHERE id = ${memberId}::uuid`
  await endMailedLinks(tx, memberId)
  await endAllBut(tx, ctx)
  await recordOwnAct(tx, ctx, { action: 'member.email_changed' })
  return left
}
