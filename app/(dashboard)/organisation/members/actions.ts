'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { createInvitation } from '#lib/management/invitations/create.ts'
import { createInvitationInput } from '#lib/management/invitations/inputs.ts'
import { resendInvitation } from '#lib/management/invitations/resend.ts'
import { revokeInvitation } from '#lib/management/invitations/revoke.ts'
import type { SentInvitation } from '#lib/management/invitations/send.ts'
import { changeMemberRole } from '#lib/management/members/change-role.ts'
import { changeMemberRoleInput } from '#lib/management/members/inputs.ts'
import { leaveOrganisation } from '#lib/management/members/leave.ts'
import { removeMember } from '#lib/management/members/remove.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../components/ui/form-state.ts'
import { word } from '../../../argument.ts'
import { attempt, text } from '../../../attempt.ts'

const HERE = '/organisation/members'

/** The link travels in this one answer. */
export async function inviteAction(_: FormState<SentInvitation>, form: FormData): Promise<FormState<SentInvitation>> {
  const ctx = await requireMember()
  return attempt(form, ['email', 'role'], async () => {
    const sent = await createInvitation(ctx, createInvitationInput.parse({ email: text(form, 'email'), role: text(form, 'role') }))
    revalidatePath(HERE)
    return sent
  })
}

export async function resendInvitationAction(
  invitationId: string,
  _: FormState<SentInvitation>,
  form: FormData,
): Promise<FormState<SentInvitation>> {
  const ctx = await requireMember()
  return attempt(form, [], async () => {
    const sent = await resendInvitation(ctx, { invitationId: word(invitationId) })
    revalidatePath(HERE)
    return sent
  })
}

export async function revokeInvitationAction(invitationId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember()
  return attempt(form, [], async () => {
    await revokeInvitation(ctx, { invitationId: word(invitationId) })
    revalidatePath(HERE)
    return null
  })
}

export async function changeRoleAction(memberId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember()
  return attempt(form, ['role'], async () => {
    await changeMemberRole(ctx, changeMemberRoleInput.parse({ memberId: word(memberId), role: text(form, 'role') }))
    revalidatePath(HERE)
    return null
  })
}

export async function removeMemberAction(memberId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember()
  return attempt(form, [], async () => {
    await removeMember(ctx, { memberId: word(memberId) })
    revalidatePath(HERE)
    return null
  })
}

export async function leaveAction(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember()
  return attempt(form, [], async () => {
    await leaveOrganisation(ctx)
    revalidatePath('/', 'layout')
    redirect('/projects')
  })
}
