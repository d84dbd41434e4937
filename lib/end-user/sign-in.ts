import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, statement, UniqueViolation } from '#lib/db/transaction.ts'
import { parseEmailAddress } from '#lib/email-address.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { OAuthError } from '#lib/oauth/errors.ts'
import { type Interaction, openInteraction, toSignIn } from '#lib/oauth/interaction.ts'
import { hashPassword, TooBusy } from '#lib/password.ts'
import { accountFor, createAccount } from './account.ts'
import { admit } from './admit.ts'
import { endSession } from './session.ts'

const MIN_PASSWORD = 12
const MAX_PASSWORD = 128

/** What the sign-in page says, by its `error` parameter. */
export type SignInProblem = 'credentials' | 'throttled' | 'busy' | 'exists' | 'closed' | 'invalid'

/**
 * The form of the sign-in page: `request`, `csrf`, `intent` (`sign-in`, `sign-up`, `sign-out`), `email`, `password`.
 * Leads on to consent, or back to the page with what was wrong; the address typed comes back by the stored request, not by a URL.
 */
export async function signIn(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const opened = await openInteraction(request, ctx, { by: 'anybody' })
  if ('kind' in opened) return opened
  const { parameters } = opened
  const intent = parameters.get('intent') ?? 'sign-in'
  if (intent === 'sign-out') return signOut(opened, ctx)

  const form = { request: opened.handle, ...(intent === 'sign-up' ? { mode: intent } : {}) }
  const back = (problem: SignInProblem): OAuthResult => toSignIn(ctx.issuer, { ...form, error: problem })
  const email = parseEmailAddress(parameters.get('email') ?? '')
  const password = parameters.get('password') ?? ''
  if (!email || password === '' || password.length > MAX_PASSWORD) return back(intent === 'sign-up' ? 'invalid' : 'credentials')
  await rememberAddress(opened, email, ctx)
  if (intent === 'sign-up' && !ctx.issuer.signUpOpen) return back('closed')
  if (intent === 'sign-up' && password.length < MIN_PASSWORD) return back('invalid')

  try {
    await ctx.limit('sign_in', `${ctx.issuer.projectId} ${ctx.address}`)
    await ctx.limit('sign_in_account', `${ctx.issuer.projectId} ${email} ${ctx.address}`)
    return intent === 'sign-up' ? await signUp(opened, email, password, back, ctx) : await enter(opened, email, password, back, ctx)
  } catch (error) {
    if (error instanceof TooBusy) return back('busy')
    if (!(error instanceof OAuthError && error.reason.kind === 'too_many_requests')) throw error
    if (error.reason.first) await recordThrottled(ctx)
    return back('throttled')
  }
}

type Back = (problem: SignInProblem) => OAuthResult

async function enter(opened: Interaction, email: string, password: string, back: Back, ctx: OAuthContext): Promise<OAuthResult> {
  const userId = await accountFor(ctx.issuer.projectId, email, password)
  if (!userId) {
    ctx.count('rejected:sign-in:credentials', opened.pending.clientId)
    return back('credentials')
  }
  return admit(opened, { action: 'user.signed_in', way: 'password' }, async () => userId, ctx)
}

async function signUp(opened: Interaction, email: string, password: string, back: Back, ctx: OAuthContext): Promise<OAuthResult> {
  const passwordHash = await hashPassword(password)
  try {
    return await admit(
      opened,
      { action: 'user.signed_up', way: 'password' },
      (tx) => createAccount(tx, ctx.issuer.projectId, email, passwordHash),
      ctx,
    )
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error
    // Whoever knows the password has the account already, and only meant to sign in.
    const userId = await accountFor(ctx.issuer.projectId, email, password)
    return userId ? admit(opened, { action: 'user.signed_in', way: 'password' }, async () => userId, ctx) : back('exists')
  }
}

/** "Not you?": back to the form as nobody. */
async function signOut(opened: Interaction, ctx: OAuthContext): Promise<OAuthResult> {
  const setCookie = await endSession(ctx.issuer.projectId, ctx.issuer.slug, ctx.browser.sessionHash)
  return toSignIn(ctx.issuer, { request: opened.handle }, [setCookie])
}

/** So that the form can show it again: an address has no place in a URL. */
async function rememberAddress({ pending }: Interaction, email: string, { issuer }: OAuthContext): Promise<void> {
  if (pending.loginHint === email) return
  await statement(
    'remember_login_hint',
    'UPDATE authorization_request SET login_hint = $3 WHERE project_id = $1 AND id_hash = $2 AND answered_at IS NULL',
    [issuer.projectId, pending.idHash, email],
    { repeatable: true },
  )
}

const recordThrottled = ({ issuer, address }: OAuthContext): Promise<void> =>
  inTransaction((tx) =>
    recordAudit(tx, { projectId: issuer.projectId, address, actor: { kind: 'user' } }, { action: 'user.sign_in_throttled' }),
  )
