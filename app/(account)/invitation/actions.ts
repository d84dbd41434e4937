'use server'

import { redirect } from 'next/navigation'
import { acceptInvitation, joinByInvitation } from '#lib/management/invitations/accept.ts'
import { joinInput } from '#lib/management/invitations/inputs.ts'
import { callersAddress } from '#lib/session/device.ts'
import { forgetInvitation, keepInvitation } from '#lib/session/invitation.ts'
import { chooseOrganisation } from '#lib/session/organisation.ts'
import { requireSignedIn } from '#lib/session/require-member.ts'
import { signInMember, signOutMember } from '#lib/session/sign-in.ts'
import type { FormState } from '../../../components/ui/form-state.ts'
import { attempt, text } from '../../attempt.ts'

export async function acceptAction(_: FormState, form: FormData): Promise<FormState> {
  const { id, email } = await requireSignedIn()
  return attempt(form, [], async () => {
    const { organisationId } = await acceptInvitation({ id, email, address: await callersAddress() }, text(form, 'token'))
    await forgetInvitation()
    await chooseOrganisation(id, organisationId)
    redirect('/projects')
  })
}

export async function joinAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, ['name'], async () => {
    const password = text(form, 'password')
    const input = joinInput.parse({ name: text(form, 'name'), password })
    const { memberId, email, organisationId } = await joinByInvitation(input, text(form, 'token'), await callersAddress())
    await forgetInvitation()
    await chooseOrganisation(memberId, organisationId)
    redirect((await signInMember({ email, password })) ? '/projects' : '/login')
  })
}

/** The dashboard asks again, once somebody is signed in. */
export async function logInFirstAction(form: FormData): Promise<void> {
  await keepInvitation(text(form, 'token').slice(0, 200))
  redirect('/login')
}

export async function useAnotherAccountAction(form: FormData): Promise<void> {
  await keepInvitation(text(form, 'token').slice(0, 200))
  await signOutMember()
  redirect('/invitation')
}
