import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { parseEmailAddress } from '#lib/email-address.ts'
import { resetPassword as resetLetter } from '#lib/mail/letters/reset-password.ts'
import { postMail } from '#lib/mail/outbox.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { forbidden, formOfOwnPage } from '#lib/oauth/interaction.ts'
import { projectOfHandle } from '#lib/oauth/opaque-token.ts'
import { hashPassword } from '#lib/password.ts'
import { accountAt, takeOverAddress } from '../account.ts'
import { attempt, type Back, mailLimits } from '../attempt.ts'
import { backToSignIn, type SignInForm } from '../destination.ts'
import {
  CHALLENGE_MINUTES,
  ChallengeSpent,
  challengeOfLink,
  createChallenge,
  type EmailChallenge,
  endChallenges,
  spendChallenge,
} from '../email/challenge.ts'
import { linkTo, senderOf, toLink } from '../email/sender.ts'
import { rememberAddress } from '../remember-address.ts'
import { endSession } from '../session.ts'
import { offeredWays } from '../ways.ts'
import { isNewPassword } from './bounds.ts'

/** "Forgot your password?" (`email`): the same answer for every address, a mail only for those that have an account. */
export async function askForReset({ destination, parameters }: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, pepper } = ctx
  if (!offeredWays(issuer).reset) return forbidden(ctx)
  const back: Back = (error) => backToSignIn(issuer, destination, { mode: 'reset', error })
  const email = parseEmailAddress(parameters.get('email') ?? '')
  if (!email) return back('address')
  await rememberAddress(destination, email, ctx)

  const send = async (): Promise<OAuthResult> => {
    const user = await accountAt(issuer.projectId, email)
    const requestId = 'place' in destination ? null : destination.pending.idHash
    const challenge = { purpose: 'reset-password', email, userId: user?.id ?? null, requestId, browserHash: browser.hash } as const
    const { token } = await createChallenge(issuer.projectId, challenge, pepper, { withCode: false })
    if (user && !user.disabled) {
      const minutes = CHALLENGE_MINUTES['reset-password']
      postMail(senderOf(ctx), email, resetLetter(senderOf(ctx), { href: linkTo(issuer, token, destination), minutes }))
    }
    return backToSignIn(issuer, destination, { mode: 'sent' })
  }
  return attempt(mailLimits(email, ctx), send, back, ctx)
}

/**
 * The page of a reset link: `token`, `password`, and `request` when it came from one. The token is the proof, in any browser. Signs nobody
 * in: they do so with the new password, and every session and everything allowed before is over.
 */
export async function resetPassword(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  const parameters = formOfOwnPage(request, ctx)
  if (!parameters || !offeredWays(issuer).reset) return forbidden(ctx)
  const token = parameters.get('token') ?? ''
  const password = parameters.get('password') ?? ''
  const handle = parameters.get('request') ?? ''
  const back: Back = (error) => toLink(issuer, token, null, error)
  if (!isNewPassword(password)) return back('password')

  const reset = async (): Promise<OAuthResult> => {
    const challenge = await challengeOfLink(issuer.projectId, token)
    const { purpose, userId } = challenge ?? {}
    if (!challenge || purpose !== 'reset-password' || !userId) throw new ChallengeSpent()
    await storePassword({ ...challenge, userId }, await hashPassword(password), ctx)
    const setCookie = await endSession(issuer.projectId, issuer.slug, ctx.browser.sessionHash)
    const goesOn = challenge.browserHash === ctx.browser.hash && projectOfHandle(handle) === issuer.projectId
    const where = goesOn ? { request: handle } : { next: 'account' }
    return { kind: 'interact', to: `${issuer.url}/sign-in?${new URLSearchParams({ ...where, done: 'reset' })}`, setCookies: [setCookie] }
  }
  return attempt([['sign_in', ctx.address]], reset, back, ctx)
}

function storePassword(
  { idHash, userId, email }: EmailChallenge & { userId: string },
  passwordHash: string,
  { issuer, address }: OAuthContext,
): Promise<void> {
  const { projectId } = issuer
  return inTransaction(async (tx) => {
    await spendChallenge(tx, projectId, idHash)
    await takeOverAddress(tx, projectId, userId) // the link has proven it
    const changed = await tx.$executeRaw`
      UPDATE end_user SET password_hash = ${passwordHash}, valid_from = now()
      WHERE project_id = ${projectId}::uuid AND id = ${userId} AND email = ${email} AND disabled_at IS NULL`
    if (changed !== 1) throw new ChallengeSpent()
    await tx.endUserSession.deleteMany({ where: { projectId, userId } })
    await endChallenges(tx, projectId, userId, email)
    await recordAudit(tx, { projectId, address, actor: { kind: 'user', id: userId } }, { action: 'user.password_reset', userId })
  })
}
