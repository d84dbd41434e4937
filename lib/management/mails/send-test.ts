import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { mailDelivery } from '#lib/mail/delivery.ts'
import { sendNow } from '#lib/mail/outbox.ts'
import { auditSource, conflict, type ManagementContext, requirePermission, tooManyRequests } from '../context.ts'
import { parseInput } from '../parse.ts'
import { exampleLetter, senderOf } from './example.ts'
import { type SendTestMailInput, sendTestMailInput } from './inputs.ts'

const tests = new RateLimiterMemory({ keyPrefix: 'test-mail', points: 10, duration: 600 })

/**
 * Sends one of the project's mails to whoever asks, and to nobody else: to any address it would be a way to write to strangers in our
 * name. Throws `forbidden`, `invalid`, `too_many_requests`, `conflict` when there is no mail server, it refused, or a program asks.
 */
export async function sendTestMail(ctx: ManagementContext, input: SendTestMailInput): Promise<{ to: string }> {
  requirePermission(ctx, 'project:write')
  const { kind, locale } = parseInput(sendTestMailInput, input)
  if (ctx.actor.kind !== 'member') throw conflict('A test goes to the member who asks for it, and a program has no address')
  if (mailDelivery() === 'none') throw conflict('This installation can not send mail: whoever runs it has to set SMTP_URL and MAIL_FROM')
  await countTest(ctx.actor.id)
  const to = ctx.actor.email
  const sender = await senderOf(ctx, locale)
  const failure = await sendNow(sender, to, exampleLetter(kind, sender))
  if (failure !== null) throw conflict(`The mail server did not take it (${failure}). Whoever runs this installation finds more in its log`)
  await inTransaction((tx) => recordAudit(tx, auditSource(ctx), { action: 'mail.tested', kind }))
  return { to }
}

async function countTest(memberId: string): Promise<void> {
  try {
    await tests.consume(memberId)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw tooManyRequests(Math.ceil(refusal.msBeforeNext / 1000))
  }
}
