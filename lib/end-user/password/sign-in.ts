import { UniqueViolation } from '#lib/db/transaction.ts'
import { parseEmailAddress } from '#lib/email-address.ts'
import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { forbidden } from '#lib/oauth/interaction.ts'
import { hashPassword } from '#lib/password.ts'
import { accountFor, createAccount } from '../account.ts'
import { admit } from '../admit.ts'
import { attempt, type Back, guessLimits } from '../attempt.ts'
import { backToSignIn, type Destination, type SignInForm } from '../destination.ts'
import { rememberAddress } from '../remember-address.ts'
import { offeredWays } from '../ways.ts'
import { isNewPassword, isPassword } from './bounds.ts'
import { askToSignUp } from './sign-up-by-mail.ts'

type Credentials = { readonly email: string; readonly password: string }

/** `email`, `password`. */
export async function enterWithPassword({ destination, parameters }: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  if (!offeredWays(ctx.issuer).password) return forbidden(ctx)
  const back: Back = (error) => backToSignIn(ctx.issuer, destination, { error })
  const email = parseEmailAddress(parameters.get('email') ?? '')
  const password = parameters.get('password') ?? ''
  if (!email || !isPassword(password)) return back('credentials')
  await rememberAddress(destination, email, ctx)
  return attempt(guessLimits(email, ctx), () => enter(destination, { email, password }, back, ctx), back, ctx)
}

/** `email`, `password`; where the address has to be proven first, `email` alone. */
export async function signUp(form: SignInForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { destination, parameters } = form
  const ways = offeredWays(ctx.issuer)
  if (!ways.password) return forbidden(ctx)
  if (ways.passwordSignUp === 'by-mail') return askToSignUp(form, ctx)

  const back: Back = (error) => backToSignIn(ctx.issuer, destination, { mode: 'sign-up', error })
  const email = parseEmailAddress(parameters.get('email') ?? '')
  const password = parameters.get('password') ?? ''
  if (!email || !isPassword(password)) return back('invalid')
  await rememberAddress(destination, email, ctx)
  if (ways.passwordSignUp === null) return back('closed')
  if (!isNewPassword(password)) return back('invalid')
  return attempt(guessLimits(email, ctx), () => makeAccount(destination, { email, password }, back, ctx), back, ctx)
}

async function enter(destination: Destination, { email, password }: Credentials, back: Back, ctx: OAuthContext): Promise<OAuthResult> {
  const userId = await accountFor(ctx.issuer.projectId, email, password)
  if (!userId) {
    ctx.count('rejected:sign-in:credentials', 'place' in destination ? undefined : destination.pending.clientId)
    return back('credentials')
  }
  return admit(destination, { action: 'user.signed_in', way: 'password' }, async () => userId, ctx)
}

async function makeAccount(
  destination: Destination,
  { email, password }: Credentials,
  back: Back,
  ctx: OAuthContext,
): Promise<OAuthResult> {
  const passwordHash = await hashPassword(password)
  try {
    return await admit(
      destination,
      { action: 'user.signed_up', way: 'password' },
      (tx) => createAccount(tx, ctx.issuer.projectId, email, passwordHash),
      ctx,
    )
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error
    // Whoever knows the password has the account already, and only meant to sign in.
    const userId = await accountFor(ctx.issuer.projectId, email, password)
    return userId ? admit(destination, { action: 'user.signed_in', way: 'password' }, async () => userId, ctx) : back('exists')
  }
}
