import { UniqueViolation } from '#lib/db/transaction.ts'
import { parseEmailAddress } from '#lib/email-address.ts'
import { accountExists } from '#lib/mail/letters/account-exists.ts'
import { signUpCode } from '#lib/mail/letters/sign-up-code.ts'
import { postMail } from '#lib/mail/outbox.ts'
import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { hashPassword } from '#lib/password.ts'
import { accountAt, createAccount } from '../account.ts'
import { admit } from '../admit.ts'
import { attempt, type Back, mailLimits } from '../attempt.ts'
import { backToSignIn, type SignInForm } from '../destination.ts'
import { CHALLENGE_MINUTES, createChallenge, type EmailChallenge, spendChallenge } from '../email/challenge.ts'
import { linkTo, senderOf } from '../email/sender.ts'
import { rememberAddress } from '../remember-address.ts'
import { offeredWays } from '../ways.ts'
import { isNewPassword } from './bounds.ts'

/**
 * The first half of a sign-up with a password: `email`. Nothing is made before the address is proven, so nobody can make an account in
 * another's name, and the answer is the same whether or not there is one: only the mail tells.
 */
export async function askToSignUp({ destination, parameters }: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, pepper } = ctx
  const back: Back = (error) => backToSignIn(issuer, destination, { mode: 'sign-up', error })
  const email = parseEmailAddress(parameters.get('email') ?? '')
  if (!email) return back('address')
  await rememberAddress(destination, email, ctx)

  const send = async (): Promise<OAuthResult> => {
    const known = await accountAt(issuer.projectId, email)
    const requestId = 'place' in destination ? null : destination.pending.idHash
    const challenge = { purpose: 'verify-email', email, userId: null, requestId, browserHash: browser.hash } as const
    const { idHash, token, code } = await createChallenge(issuer.projectId, challenge, pepper)
    const href = linkTo(issuer, token, destination)
    const letter = known
      ? accountExists(senderOf(ctx), { href: `${issuer.url}/sign-in?next=account` })
      : signUpCode(senderOf(ctx), { code, href, minutes: CHALLENGE_MINUTES['verify-email'] })
    if (!known?.disabled) postMail(senderOf(ctx), email, letter)
    return backToSignIn(issuer, destination, { mode: 'code', challenge: idHash })
  }
  return attempt(mailLimits(email, ctx), send, back, ctx)
}

/** The second half: the address is proven, and `password` is for the new account. */
export async function finishSignUp(
  { idHash, email }: EmailChallenge,
  { destination, parameters }: SignInForm,
  back: Back,
  ctx: OAuthContext,
): Promise<OAuthResult> {
  const { projectId } = ctx.issuer
  const password = parameters.get('password') ?? ''
  if (offeredWays(ctx.issuer).passwordSignUp === null) return back('closed')
  if (!isNewPassword(password)) return back('password')
  const passwordHash = await hashPassword(password)
  try {
    return await admit(
      destination,
      { action: 'user.signed_up', way: 'password' },
      async (tx) => {
        await spendChallenge(tx, projectId, idHash)
        return createAccount(tx, projectId, email, passwordHash, { proven: true })
      },
      ctx,
    )
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error
    return backToSignIn(ctx.issuer, destination, { error: 'exists' }) // made in the meantime; the address is theirs, so it may be told
  }
}
