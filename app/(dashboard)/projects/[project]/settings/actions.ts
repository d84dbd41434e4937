'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { type UpdateProjectInput, updateProjectInput } from '#lib/management/projects/inputs.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, text, ticked } from '../../../../attempt.ts'

export async function renameProjectAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () => ({ name: text(form, 'name') }))
}

export async function saveRegistrationAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput.pick({ registrationMode: true }).parse({ registrationMode: text(form, 'registrationMode') }),
  )
}

export async function saveSignInAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () => ({ signUpOpen: ticked(form, 'signUpOpen'), offerAllScopes: ticked(form, 'offerAllScopes') }))
}

export async function saveTokensAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput
      .pick({ accessTokenTtlSeconds: true, signingAlgorithm: true })
      .parse({ accessTokenTtlSeconds: text(form, 'accessTokenTtlSeconds'), signingAlgorithm: text(form, 'signingAlgorithm') }),
  )
}

export async function saveProtocolAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () => ({
    issParameter: ticked(form, 'issParameter'),
    clientCredentials: ticked(form, 'clientCredentials'),
    tokenExchange: ticked(form, 'tokenExchange'),
  }))
}

/** The switch on the overview. */
export async function openRegistrationAction(project: string, open: boolean): Promise<FormState> {
  return save(project, new FormData(), () => ({ registrationMode: z.boolean().parse(open) ? 'open' : 'guarded' }))
}

async function save(project: string, form: FormData, input: () => UpdateProjectInput): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['name'], async () => {
    await updateProject(ctx, input())
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}
