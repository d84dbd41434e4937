'use server'

import { redirect } from 'next/navigation'
import { invalid } from '#lib/management/context.ts'
import { createMember } from '#lib/management/members/create.ts'
import { callersAddress } from '#lib/session/require-member.ts'
import { signInMember, signOutMember } from '#lib/session/sign-in.ts'
import type { FormState } from '../../components/ui/form-state.ts'
import { attempt, text } from '../attempt.ts'

export async function loginAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, ['email'], async () => {
    const signedIn = await signInMember({ email: text(form, 'email'), password: text(form, 'password') })
    // One sentence for both, or the form would tell strangers who has an account.
    if (!signedIn) throw invalid({ password: 'E-mail address and password do not belong together' })
    redirect('/projects')
  })
}

export async function signUpAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, ['name', 'email'], async () => {
    const credentials = { email: text(form, 'email'), password: text(form, 'password') }
    await createMember({ name: text(form, 'name'), ...credentials }, await callersAddress())
    redirect((await signInMember(credentials)) ? '/projects/new' : '/login')
  })
}

export async function signOutAction(): Promise<void> {
  await signOutMember()
  redirect('/login')
}
