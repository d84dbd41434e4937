import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, read } from '#lib/db/transaction.ts'
import { CHALLENGE_MINUTES, createChallenge } from '#lib/end-user/email/challenge.ts'
import { env } from '#lib/env.ts'
import { mailDelivery } from '#lib/mail/delivery.ts'
import type { Sender } from '#lib/mail/letter.ts'
import { resetPassword } from '#lib/mail/letters/reset-password.ts'
import { postMail } from '#lib/mail/outbox.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission, tooManyRequests } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type UserInput, userInput } from './inputs.ts'

/** Seconds between two mails to one user, whoever of the members asks. */
const PAUSE = 60

/**
 * Mails the user the same link as "Forgot your password?". Nothing of theirs ends before they use it.
 * Throws `forbidden`, `not_found`, `conflict` when there is no mail, no password to reset or nobody to write to, `too_many_requests`.
 */
export async function sendPasswordReset(ctx: ManagementContext, input: UserInput): Promise<void> {
  requirePermission(ctx, 'user:write')
  const { userId } = parseInput(userInput, input)
  const projectId = ctx.project.id
  const email = await addressOf(projectId, userId)
  const sender = await senderOf(ctx)
  await requirePause(projectId, email)

  const challenge = { purpose: 'reset-password', email, userId, requestId: null, browserHash: null } as const
  const { token } = await createChallenge(projectId, challenge, Buffer.from(env().TOKEN_PEPPER), { withCode: false })
  await inTransaction((tx) => recordAudit(tx, auditSource(ctx), { action: 'user.password_reset_sent', userId }))
  const href = `${ctx.project.issuer}/email?${new URLSearchParams({ token, next: 'account' })}`
  postMail(sender, email, resetPassword(sender, { href, minutes: CHALLENGE_MINUTES['reset-password'] }))
}

async function addressOf(projectId: string, userId: string): Promise<string> {
  const user = await read((db) =>
    db.endUser.findUnique({ where: { projectId_id: { projectId, id: userId } }, select: { email: true, disabledAt: true } }),
  )
  if (!user) throw notFound('User')
  if (user.disabledAt) throw conflict('This user is disabled')
  if (user.email === null) throw conflict('This user has no e-mail address')
  return user.email
}

/** The project as whoever reads the mail knows it. We do not know their language. */
async function senderOf({ project: { id: projectId, issuer } }: ManagementContext): Promise<Sender> {
  if (mailDelivery() === 'none') throw conflict('This installation can not send mail')
  const [{ name, signInPassword, ...brand }, logo] = await Promise.all([
    read((db) =>
      db.project.findUniqueOrThrow({
        where: { id: projectId },
        select: { name: true, signInPassword: true, accentColor: true, supportUrl: true, policyUrl: true, termsUrl: true },
      }),
    ),
    read((db) => db.projectLogo.findUnique({ where: { projectId }, select: { hash: true } })),
  ])
  if (!signInPassword) throw conflict('Nobody signs in to this project with a password')
  return { projectId, projectName: name, issuerUrl: issuer, brand: { ...brand, logoHash: logo?.hash ?? null }, locale: 'en' }
}

async function requirePause(projectId: string, email: string): Promise<void> {
  const [recent] = await read(
    (db) => db.$queryRaw<{ seconds: number }[]>`
      SELECT ceil(extract(epoch FROM created_at + make_interval(secs => ${PAUSE}) - now()))::int AS seconds FROM email_challenge
      WHERE project_id = ${projectId}::uuid AND email = ${email} AND purpose = 'reset-password'
        AND created_at > now() - make_interval(secs => ${PAUSE}) ORDER BY created_at DESC LIMIT 1`,
  )
  if (recent) throw tooManyRequests(Math.max(1, recent.seconds))
}
