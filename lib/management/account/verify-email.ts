import { inTransaction, read } from '#lib/db/transaction.ts'
import { env } from '#lib/env.ts'
import { mailDelivery } from '#lib/mail/delivery.ts'
import { memberVerifyEmail } from '#lib/mail/letters/member-verify-email.ts'
import { postMail } from '#lib/mail/outbox.ts'
import { conflict } from '../context.ts'
import { parseInput } from '../parse.ts'
import { CHALLENGE_MINUTES, createChallenge, spendChallenge } from './challenge.ts'
import { type ConfirmEmailInput, confirmEmailInput } from './inputs.ts'
import { senderFor } from './sender.ts'
import { countMail } from './throttle.ts'

/** Mails a link to the member's address, unless it is proven or there is no mail here. Throws `too_many_requests`. */
export async function mailEmailVerification(memberId: string, address?: string): Promise<void> {
  if (mailDelivery() === 'none') return
  const member = await read((db) => db.member.findUnique({ where: { id: memberId, emailVerifiedAt: null }, select: { email: true } }))
  if (!member) return
  await countMail(member.email, address)
  const token = await createChallenge('verify-email', memberId)
  const href = `${env().BASE_URL}/verify-email?${new URLSearchParams({ token })}`
  postMail(await senderFor(memberId), member.email, memberVerifyEmail({ href, hours: CHALLENGE_MINUTES['verify-email'] / 60 }))
}

/** In any browser, signed in or not. Throws `conflict` for a link that is not, or no longer, one. */
export async function confirmEmail(input: ConfirmEmailInput): Promise<void> {
  const { token } = parseInput(confirmEmailInput, input)
  await inTransaction(async (tx) => {
    const memberId = await spendChallenge(tx, 'verify-email', token)
    if (!memberId) throw conflict('This link was used, replaced or has expired. Ask for a new one on your profile.')
    await tx.$executeRaw`UPDATE member SET email_verified_at = now() WHERE id = ${memberId}::uuid AND email_verified_at IS NULL`
  })
}
