import { UniqueViolation } from '#lib/db/transaction.ts'
import { parseEmailAddress } from '#lib/email-address.ts'
import { signInCode } from '#lib/mail/letters/sign-in-code.ts'
import { postMail } from '#lib/mail/outbox.ts'
import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { forbidden } from '#lib/oauth/interaction.ts'
import { accountAt, createAccount, takeOverAddress } from '../account.ts'
import { admit } from '../admit.ts'
import { attempt, type Back, guessLimits, mailLimits } from '../attempt.ts'
import { backToSignIn, type Destination, type SignInForm } from '../destination.ts'
import { finishSignUp } from '../password/sign-up-by-mail.ts'
import { rememberAddress } from '../remember-address.ts'
import { offeredWays } from '../ways.ts'
import { CHALLENGE_MINUTES, challengeOfLink, createChallenge, type EmailChallenge, spendChallenge, tryCode } from './challenge.ts'
import { isReviewer, reviewerFor } from './reviewer.ts'
import { linkTo, senderOf, toLink } from './sender.ts'

/**
 * "Send me a code" (`email`). The answer and its work are the same for every address: a mail goes only to one that has an account, or
 * may make one.
 */
export async function askForCode({ destination, parameters }: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, pepper } = ctx
  if (!offeredWays(issuer).emailCode) return forbidden(ctx)
  const back: Back = (error) => backToSignIn(issuer, destination, { error })
  const email = parseEmailAddress(parameters.get('email') ?? '')
  if (!email) return back('address')
  await rememberAddress(destination, email, ctx)

  const send = async (): Promise<OAuthResult> => {
    const [user, reviewer] = await Promise.all([accountAt(issuer.projectId, email), isReviewer(issuer.projectId, email)])
    const { idHash, token, code } = await createChallenge(issuer.projectId, challengeFor(destination, email, browser.hash), pepper, {
      withCode: !reviewer, // one that nobody gets to see could only be guessed
    })
    const mayEnter = user ? !user.disabled : issuer.signUpOpen
    if (mayEnter && !reviewer) {
      const minutes = CHALLENGE_MINUTES['sign-in']
      postMail(senderOf(ctx), email, signInCode(senderOf(ctx), { code, href: linkTo(issuer, token, destination), minutes }))
    }
    return backToSignIn(issuer, destination, { mode: 'code', challenge: idHash })
  }
  return attempt(mailLimits(email, ctx), send, back, ctx)
}

const challengeFor = (destination: Destination, email: string, browserHash: string | null) =>
  ({
    purpose: 'sign-in',
    email,
    userId: null,
    requestId: 'place' in destination ? null : destination.pending.idHash,
    browserHash,
  }) as const

/** The code, typed in the browser that asked for it (`challenge`, `code`; at the end of a sign-up `password` too). */
export async function enterCode({ destination, parameters }: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, pepper } = ctx
  const idHash = parameters.get('challenge') ?? ''
  const code = (parameters.get('code') ?? '').replace(/[\s-]/g, '')
  const back: Back = (error) => backToSignIn(issuer, destination, { mode: 'code', challenge: idHash, error })
  if (!/^[0-9a-f]{64}$/.test(idHash) || browser.hash === null) return forbidden(ctx)
  if (!/^\d{6,12}$/.test(code)) return back('code')

  const enter = async (): Promise<OAuthResult> => {
    const tried = await tryCode(issuer.projectId, { idHash, browserHash: browser.hash ?? '', code }, pepper)
    if (!tried) return back('code_spent')
    if (tried.right) return enterProven(tried.challenge, { destination, parameters }, back, ctx)
    const reviewer = await reviewerFor(tried.challenge, code, ctx)
    if (!reviewer) {
      ctx.count('rejected:sign-in:code')
      return back('code')
    }
    const spend = (tx: Parameters<typeof spendChallenge>[0]) => spendChallenge(tx, issuer.projectId, idHash).then(() => reviewer)
    return admit(destination, { action: 'user.signed_in', way: 'reviewer' }, spend, ctx)
  }
  return attempt(guessLimits(idHash, ctx), enter, back, ctx)
}

/** The mailed link, after a click in the browser that asked for it (`token`): programs that only fetch the link change nothing. */
export async function followLink({ destination, parameters }: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser } = ctx
  const token = parameters.get('token') ?? ''
  const back: Back = (error) =>
    error === 'password' ? toLink(issuer, token, destination, error) : backToSignIn(issuer, destination, { error })
  const follow = async (): Promise<OAuthResult> => {
    const challenge = await challengeOfLink(issuer.projectId, token)
    // In another browser it is worth nothing: somebody may have been talked into opening a stranger's link.
    if (!challenge || challenge.browserHash !== browser.hash) return back('code_spent')
    return enterProven(challenge, { destination, parameters }, back, ctx)
  }
  return attempt([['sign_in', ctx.address]], follow, back, ctx)
}

/** The address is proven: it opens its account, or makes one where people may. */
async function enterProven(challenge: EmailChallenge, form: SignInForm, back: Back, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  const ways = offeredWays(issuer)
  if (challenge.purpose === 'verify-email' && challenge.userId === null) return finishSignUp(challenge, form, back, ctx)
  if (challenge.purpose !== 'sign-in' || !ways.emailCode) return back('code_spent')
  const user = await accountAt(issuer.projectId, challenge.email)
  if (user ? user.disabled : !issuer.signUpOpen) return back('code_spent')
  if (user) return enterAccount(challenge, user.id, form.destination, ctx)
  try {
    return await makeAccount(challenge, form.destination, ctx)
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error
    const made = await accountAt(issuer.projectId, challenge.email)
    return made && !made.disabled ? enterAccount(challenge, made.id, form.destination, ctx) : back('code_spent')
  }
}

const enterAccount = ({ idHash }: EmailChallenge, userId: string, destination: Destination, ctx: OAuthContext): Promise<OAuthResult> =>
  admit(
    destination,
    { action: 'user.signed_in', way: 'email' },
    async (tx) => {
      await spendChallenge(tx, ctx.issuer.projectId, idHash)
      await takeOverAddress(tx, ctx.issuer.projectId, userId)
      return userId
    },
    ctx,
  )

const makeAccount = ({ idHash, email }: EmailChallenge, destination: Destination, ctx: OAuthContext): Promise<OAuthResult> =>
  admit(
    destination,
    { action: 'user.signed_up', way: 'email' },
    async (tx) => {
      await spendChallenge(tx, ctx.issuer.projectId, idHash)
      return createAccount(tx, ctx.issuer.projectId, email, null, { proven: true })
    },
    ctx,
  )
