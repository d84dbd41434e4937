import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import type { LimitBucket, OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { OAuthError } from '#lib/oauth/errors.ts'
import { TooBusy } from '#lib/password.ts'
import { ChallengeSpent } from './email/challenge.ts'
import { type PasskeyProblem, PasskeyRefused } from './passkey/refused.ts'

/** What the pages of end users say, by their `error` parameter. */
export type SignInProblem =
  | 'credentials'
  | 'throttled'
  | 'busy'
  | 'exists'
  | 'closed'
  | 'invalid'
  | 'address'
  | 'code'
  | 'code_spent'
  | 'password'
  | 'not_recent'
  | 'way_off'
  | 'email_taken'
  | 'disabled'
  | 'provider_refused'
  | 'provider_unreachable'
  | 'provider_nonsense'
  | PasskeyProblem

export type Back = (problem: SignInProblem) => OAuthResult

/** Does it, within these limits; when it must not or cannot be done now, the page says so. The first try too many is recorded. */
export async function attempt(
  limits: readonly (readonly [bucket: LimitBucket, key: string])[],
  work: () => Promise<OAuthResult>,
  back: Back,
  ctx: OAuthContext,
): Promise<OAuthResult> {
  try {
    for (const [bucket, key] of limits) await ctx.limit(bucket, `${ctx.issuer.projectId} ${key}`)
    return await work()
  } catch (error) {
    if (error instanceof TooBusy) return back('busy')
    if (error instanceof ChallengeSpent) return back('code_spent')
    if (error instanceof PasskeyRefused) return back(error.problem)
    if (!(error instanceof OAuthError && error.reason.kind === 'too_many_requests')) throw error
    if (error.reason.first) await recordThrottled(ctx)
    return back('throttled')
  }
}

const recordThrottled = ({ issuer, address }: OAuthContext): Promise<void> =>
  inTransaction((tx) =>
    recordAudit(tx, { projectId: issuer.projectId, address, actor: { kind: 'user' } }, { action: 'user.sign_in_throttled' }),
  )

/** For whatever makes us write to somebody. */
export const mailLimits = (email: string, { address }: OAuthContext): [LimitBucket, string][] => [
  ['mail', address],
  ['mail_account', `${email} ${address}`],
  ['mail_recipient', email],
]

/** For whatever compares a secret that a person chose or typed. `account`: address, or user's or challenge's id. */
export const guessLimits = (account: string, { address }: OAuthContext): [LimitBucket, string][] => [
  ['sign_in', address],
  ['sign_in_account', `${account} ${address}`],
]
