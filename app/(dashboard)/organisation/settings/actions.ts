'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { deleteOrganisation } from '#lib/management/organisations/delete.ts'
import { renameOrganisationInput } from '#lib/management/organisations/inputs.ts'
import { renameOrganisation } from '#lib/management/organisations/rename.ts'
import { requireSecondFactor } from '#lib/management/organisations/second-factor.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../components/ui/form-state.ts'
import { attempt, text } from '../../../attempt.ts'

export async function renameOrganisationAction(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember()
  return attempt(form, ['name'], async () => {
    await renameOrganisation(ctx, renameOrganisationInput.parse({ name: text(form, 'name') }))
    revalidatePath('/', 'layout')
    return null
  })
}

export async function deleteOrganisationAction(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember()
  return attempt(form, [], async () => {
    await deleteOrganisation(ctx, { name: text(form, 'confirmation') })
    revalidatePath('/', 'layout')
    redirect('/projects')
  })
}

/** Bound to what it shall be, not to what it is: two clicks are one. */
export async function requireSecondFactorAction(required: boolean, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember()
  return attempt(form, [], async () => {
    await requireSecondFactor(ctx, { required: required === true })
    revalidatePath('/', 'layout')
    return null
  })
}
