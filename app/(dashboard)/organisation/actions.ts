'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { chooseOrganisation } from '#lib/session/organisation.ts'
import { requireSignedIn } from '#lib/session/require-member.ts'
import { word } from '../../argument.ts'

/** From the switcher: a project of the old organisation is no place in the new one. */
export async function switchOrganisationAction(organisation: string): Promise<void> {
  await followOrganisationAction(organisation)
  redirect('/projects')
}

/** Stays on the page. */
export async function followOrganisationAction(organisation: string): Promise<void> {
  const member = await requireSignedIn()
  await chooseOrganisation(member.id, word(organisation))
  revalidatePath('/', 'layout')
}
