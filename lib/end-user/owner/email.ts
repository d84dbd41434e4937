import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, UniqueViolation } from '#lib/db/transaction.ts'
import { parseEmailAddress } from '#lib/email-address.ts'
import type { Letter } from '#lib/mail/letter.ts'
import { accountExists } from '#lib/mail/letters/account-exists.ts'
import { changeEmail } from '#lib/mail/letters/change-email.ts'
import { emailChanged } from '#lib/mail/letters/email-changed.ts'
import { verifyEmail } from '#lib/mail/letters/verify-email.ts'
import { postMail } from '#lib/mail/outbox.ts'
import type { OAuthContext, OAuthResult, ResourceOwnerSession } from '#lib/oauth/context.ts'
import { forbidden } from '#lib/oauth/interaction.ts'
import { accountAt } from '../account.ts'
import { attempt, type Back, guessLimits, mailLimits } from '../attempt.ts'
import { toPlace } from '../destination.ts'
import {
  CHALLENGE_MINUTES,
  ChallengeSpent,
  challengeOfLink,
  createChallenge,
  type EmailChallenge,
  endChallenges,
  type IssuedChallenge,
  spendChallenge,
  tryCode,
} from '../email/challenge.ts'
import { linkTo, senderOf } from '../email/sender.ts'
import { startSession } from '../session.ts'
import { canMail } from '../ways.ts'
import type { OwnerForm } from './form.ts'
import { refusesOwner } from './proven.ts'

const HERE = { place: 'account' } as const

/** "Confirm this address": a code to the one the account has. */
export async function askToConfirmEmail({ owner }: OwnerForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  const { email } = owner
  if (!canMail() || email === null) return forbidden(ctx)
  const back: Back = (error) => toPlace(issuer, 'account', { error })
  const send = () =>
    challenge('verify-email', email, owner, ctx, ({ code, token }) =>
      verifyEmail(senderOf(ctx), { code, href: linkTo(issuer, token, HERE), minutes: CHALLENGE_MINUTES['verify-email'] }),
    )
  return attempt(mailLimits(email, ctx), send, back, ctx)
}

/** `email` (the new one), `password`. Nothing changes before the new address is proven; whether somebody has it, only its mail tells. */
export async function askToChangeEmail({ owner, parameters }: OwnerForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  if (!canMail()) return forbidden(ctx)
  const back: Back = (error) => toPlace(issuer, 'account', { error })
  const email = parseEmailAddress(parameters.get('email') ?? '')
  if (!email) return back('address')

  const send = async (): Promise<OAuthResult> => {
    const problem = await refusesOwner(owner, parameters.get('password') ?? '', ctx)
    if (problem) return back(problem)
    const taken = await accountAt(issuer.projectId, email)
    return challenge('change-email', email, owner, ctx, ({ code, token }) =>
      taken
        ? accountExists(senderOf(ctx), { href: `${issuer.url}/sign-in?next=account` })
        : changeEmail(senderOf(ctx), { code, href: linkTo(issuer, token, HERE), minutes: CHALLENGE_MINUTES['change-email'] }),
    )
  }
  return attempt([...guessLimits(owner.userId, ctx), ...mailLimits(email, ctx)], send, back, ctx)
}

async function challenge(
  purpose: 'verify-email' | 'change-email',
  email: string,
  { userId }: ResourceOwnerSession,
  ctx: OAuthContext,
  letter: (issued: IssuedChallenge) => Letter,
): Promise<OAuthResult> {
  const { issuer, browser, pepper } = ctx
  const wanted = { purpose, email, userId, requestId: null, browserHash: browser.hash }
  const issued = await createChallenge(issuer.projectId, wanted, pepper)
  postMail(senderOf(ctx), email, letter(issued))
  return toPlace(issuer, 'account', { challenge: issued.idHash })
}

/** The code, typed on the account page (`challenge`, `code`). */
export async function confirmByCode({ owner, parameters }: OwnerForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, pepper } = ctx
  const idHash = parameters.get('challenge') ?? ''
  const code = (parameters.get('code') ?? '').replace(/[\s-]/g, '')
  const back: Back = (error) => toPlace(issuer, 'account', error === 'code' ? { challenge: idHash, error } : { error })
  if (!/^[0-9a-f]{64}$/.test(idHash)) return forbidden(ctx)
  const confirm = async (): Promise<OAuthResult> => {
    const tried = await tryCode(issuer.projectId, { idHash, browserHash: browser.hash ?? '', code }, pepper)
    if (!tried) return back('code_spent')
    return tried.right ? confirmed(tried.challenge, owner, back, ctx) : back('code')
  }
  return attempt(guessLimits(idHash, ctx), confirm, back, ctx)
}

/** The mailed link, after a click in the browser that asked, by whoever is signed in there (`token`). */
export async function confirmByLink({ owner, parameters }: OwnerForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser } = ctx
  const back: Back = (error) => toPlace(issuer, 'account', { error })
  const confirm = async (): Promise<OAuthResult> => {
    const found = await challengeOfLink(issuer.projectId, parameters.get('token') ?? '')
    if (!found || found.browserHash !== browser.hash) return back('code_spent')
    return confirmed(found, owner, back, ctx)
  }
  return attempt([['sign_in', ctx.address]], confirm, back, ctx)
}

async function confirmed(found: EmailChallenge, owner: ResourceOwnerSession, back: Back, ctx: OAuthContext): Promise<OAuthResult> {
  if (found.userId !== owner.userId) return back('code_spent')
  if (found.purpose === 'verify-email') return keepConfirmed(found, owner, ctx)
  if (found.purpose !== 'change-email') return back('code_spent')
  try {
    return await keepChanged(found, owner, ctx)
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error
    return back('exists')
  }
}

async function keepConfirmed({ idHash, email }: EmailChallenge, { userId }: ResourceOwnerSession, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, address } = ctx
  const { projectId } = issuer
  await inTransaction(async (tx) => {
    await spendChallenge(tx, projectId, idHash)
    const kept = await tx.$executeRaw`
      UPDATE end_user SET email_verified_at = coalesce(email_verified_at, now())
      WHERE project_id = ${projectId}::uuid AND id = ${userId} AND email = ${email} AND disabled_at IS NULL`
    if (kept !== 1) throw new ChallengeSpent() // the address was changed meanwhile
    await recordAudit(tx, { projectId, address, actor: { kind: 'user', id: userId } }, { action: 'user.email_confirmed', userId })
  })
  return toPlace(issuer, 'account', { done: 'confirmed' })
}

/** Other sessions end, nothing mailed to the old address counts any more, and it is told. */
async function keepChanged({ idHash, email }: EmailChallenge, owner: ResourceOwnerSession, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, address } = ctx
  const { projectId, slug } = issuer
  const { userId, scopeCeiling } = owner
  const setCookie = await inTransaction(async (tx) => {
    await spendChallenge(tx, projectId, idHash)
    const { count } = await tx.endUser.updateMany({
      where: { projectId, id: userId, email: owner.email, disabledAt: null },
      data: { email },
    })
    if (count !== 1) throw new ChallengeSpent()
    await tx.$executeRaw`UPDATE end_user SET email_verified_at = now() WHERE project_id = ${projectId}::uuid AND id = ${userId}`
    await tx.endUserSession.deleteMany({ where: { projectId, userId } })
    await endChallenges(tx, projectId, userId, owner.email)
    const started = await startSession(tx, { projectId, slug, userId, scopeCeiling, replaces: browser.sessionHash })
    await recordAudit(tx, { projectId, address, actor: { kind: 'user', id: userId } }, { action: 'user.email_changed', userId })
    return started
  })
  if (owner.email !== null) postMail(senderOf(ctx), owner.email, emailChanged(senderOf(ctx)))
  return toPlace(issuer, 'account', { done: 'email' }, [setCookie])
}
