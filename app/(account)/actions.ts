'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { confirmEmailChange } from '#lib/management/account/change-email.ts'
import { askForPasswordReset, resetPassword } from '#lib/management/account/forgotten-password.ts'
import { confirmEmail, mailEmailVerification } from '#lib/management/account/verify-email.ts'
import { invalid, ManagementError } from '#lib/management/context.ts'
import { createMember } from '#lib/management/members/create.ts'
import { callersAddress } from '#lib/session/device.ts'
import { accountContext, currentMember } from '#lib/session/require-member.ts'
import { returnPath, secondFactorPath } from '#lib/session/return-path.ts'
import { enterSecondFactor, signInMember, signInWithPasskey, signOutMember } from '#lib/session/sign-in.ts'
import type { FormState } from '../../components/ui/form-state.ts'
import { word } from '../argument.ts'
import { attempt, text } from '../attempt.ts'

export async function loginAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, ['email'], async () => {
    const outcome = await signInMember({ email: text(form, 'email'), password: text(form, 'password') })
    // One sentence for both, or the form would tell strangers who has an account.
    if (!outcome) throw invalid({ password: 'E-mail address and password do not belong together' })
    const next = returnPath(text(form, 'next'))
    redirect(outcome === 'second_factor' ? secondFactorPath(next) : (next ?? '/projects'))
  })
}

export async function passkeyLoginAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    if (!(await signInWithPasskey(text(form, 'credential')))) throw new ManagementError('conflict', 'This passkey opens no account here.')
    redirect(returnPath(text(form, 'next')) ?? '/projects')
  })
}

export async function secondFactorAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    await enterSecondFactor(text(form, 'code'))
    redirect(returnPath(text(form, 'next')) ?? '/projects')
  })
}

export async function signUpAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, ['name', 'email'], async () => {
    const credentials = { email: text(form, 'email'), password: text(form, 'password') }
    const address = await callersAddress()
    const { memberId } = await createMember({ name: text(form, 'name'), ...credentials }, address)
    await mailEmailVerification(memberId, address)
    redirect((await signInMember(credentials)) ? '/projects/new' : '/login')
  })
}

export async function forgottenPasswordAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, ['email'], async () => {
    await askForPasswordReset({ email: text(form, 'email') }, await callersAddress())
    return null
  })
}

export async function resetPasswordAction(token: unknown, _: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    await resetPassword({ token: word(token), newPassword: text(form, 'newPassword') }, await callersAddress())
    redirect('/login?done=reset')
  })
}

export async function confirmEmailAction(token: unknown, _: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    await confirmEmail({ token: word(token) })
    redirect((await currentMember()) ? '/profile?done=email' : '/login?done=email')
  })
}

/** The address of an account changes only where its member is logged in. */
export async function confirmEmailChangeAction(token: unknown, _: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    await confirmEmailChange(await accountContext(), { token: word(token) })
    revalidatePath('/', 'layout')
    redirect('/profile?done=email')
  })
}

export async function signOutAction(): Promise<void> {
  await signOutMember()
  redirect('/login')
}
