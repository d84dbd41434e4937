'use server'

import { redirect } from 'next/navigation'
import { createOrganisation } from '#lib/management/organisations/create.ts'
import { createOrganisationInput } from '#lib/management/organisations/inputs.ts'
import { callersAddress } from '#lib/session/device.ts'
import { chooseOrganisation } from '#lib/session/organisation.ts'
import { requireSignedIn } from '#lib/session/require-member.ts'
import type { FormState } from '../../../components/ui/form-state.ts'
import { attempt, text } from '../../attempt.ts'

export async function createOrganisationAction(_: FormState, form: FormData): Promise<FormState> {
  const member = await requireSignedIn()
  return attempt(form, ['name'], async () => {
    const input = createOrganisationInput.parse({ name: text(form, 'name') })
    const { organisationId } = await createOrganisation(member.id, input, await callersAddress())
    await chooseOrganisation(member.id, organisationId)
    redirect('/projects')
  })
}
