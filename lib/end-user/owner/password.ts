import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { forbidden } from '#lib/oauth/interaction.ts'
import { hashPassword } from '#lib/password.ts'
import { attempt, type Back, guessLimits } from '../attempt.ts'
import { toPlace } from '../destination.ts'
import { endChallenges } from '../email/challenge.ts'
import { isNewPassword } from '../password/bounds.ts'
import { startSession } from '../session.ts'
import type { OwnerForm } from './form.ts'
import { refusesOwner } from './proven.ts'

/** `password` (the current one, if there is one), `new_password`. Other sessions end and nothing mailed before counts; apps stay connected. */
export async function changePassword({ owner, parameters }: OwnerForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, address } = ctx
  const { projectId, slug } = issuer
  const back: Back = (error) => toPlace(issuer, 'account', { error })
  if (!issuer.signInWays.password || owner.email === null) return forbidden(ctx) // nothing to sign in with beside it
  const wanted = parameters.get('new_password') ?? ''
  if (!isNewPassword(wanted)) return back('password')

  const change = async (): Promise<OAuthResult> => {
    const problem = await refusesOwner(owner, parameters.get('password') ?? '', ctx)
    if (problem) return back(problem)
    const passwordHash = await hashPassword(wanted)
    const setCookie = await inTransaction(async (tx) => {
      const { userId, email, scopeCeiling } = owner
      await tx.endUser.updateMany({ where: { projectId, id: userId }, data: { passwordHash } })
      await tx.endUserSession.deleteMany({ where: { projectId, userId } })
      await endChallenges(tx, projectId, userId, email)
      const started = await startSession(tx, { projectId, slug, userId, scopeCeiling, replaces: browser.sessionHash })
      await recordAudit(tx, { projectId, address, actor: { kind: 'user', id: userId } }, { action: 'user.password_changed', userId })
      return started
    })
    return toPlace(issuer, 'account', { done: 'password' }, [setCookie])
  }
  return attempt(guessLimits(owner.userId, ctx), change, back, ctx)
}
