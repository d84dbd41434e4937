'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { type UpdateProjectInput, updateProjectInput } from '#lib/management/projects/inputs.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, lines, text, ticked } from '../../../../attempt.ts'

export async function renameProjectAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () => ({ name: text(form, 'name') }))
}

export async function saveRegistrationAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput
      .pick({ registrationMode: true, privateUseSchemes: true })
      .parse({ registrationMode: text(form, 'registrationMode'), privateUseSchemes: ticked(form, 'privateUseSchemes') }),
  )
}

export async function saveSignInAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () => ({ signUpOpen: ticked(form, 'signUpOpen'), offerAllScopes: ticked(form, 'offerAllScopes') }))
}

export async function saveDocumentsAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput
      .pick({ documentPolicy: true, documentHosts: true })
      .parse({ documentPolicy: text(form, 'documentPolicy'), documentHosts: lines(form, 'documentHosts') }),
  )
}

export async function saveTokensAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput.pick({ accessTokenTtlSeconds: true, signingAlgorithm: true, tokenType: true, offlineAccessRequired: true }).parse({
      accessTokenTtlSeconds: text(form, 'accessTokenTtlSeconds'),
      signingAlgorithm: text(form, 'signingAlgorithm'),
      tokenType: text(form, 'tokenType'),
      offlineAccessRequired: ticked(form, 'offlineAccessRequired'),
    }),
  )
}

export async function saveGrantsAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () => ({
    clientCredentials: ticked(form, 'clientCredentials'),
    tokenExchange: ticked(form, 'tokenExchange'),
    deviceGrant: ticked(form, 'deviceGrant'),
    enterpriseAuthorization: ticked(form, 'enterpriseAuthorization'),
    workloadIdentity: ticked(form, 'workloadIdentity'),
  }))
}

export async function saveProtocolAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput.pick({ issParameter: true, pushedRequests: true, openidConnect: true, dpop: true, allowedOrigins: true }).parse({
      issParameter: ticked(form, 'issParameter'),
      pushedRequests: ticked(form, 'pushedRequests'),
      openidConnect: ticked(form, 'openidConnect'),
      dpop: text(form, 'dpop'),
      allowedOrigins: lines(form, 'allowedOrigins'),
    }),
  )
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
