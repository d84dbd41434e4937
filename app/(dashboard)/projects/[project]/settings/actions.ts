'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { claimMappingOf, setReviewerInput, type UpdateProjectInput, updateProjectInput } from '#lib/management/projects/inputs.ts'
import { removeLogo } from '#lib/management/projects/logo.ts'
import { clearReviewer, setReviewer } from '#lib/management/projects/reviewer.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, lines, optional, text, ticked } from '../../../../attempt.ts'

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
  return save(project, form, () => ({
    signInPassword: ticked(form, 'signInPassword'),
    signInEmail: ticked(form, 'signInEmail'),
    signInPasskey: ticked(form, 'signInPasskey'),
    signUpOpen: ticked(form, 'signUpOpen'),
    offerAllScopes: ticked(form, 'offerAllScopes'),
  }))
}

export async function saveHandoffAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput.pick({ handoffUrl: true }).parse({ handoffUrl: optional(form, 'handoffUrl') ?? null }),
  )
}

export async function saveClaimsAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput.pick({ claimMappings: true }).parse({ claimMappings: lines(form, 'claimMappings').map(claimMappingOf) }),
  )
}

export async function saveBrandAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  const given = (name: string) => optional(form, name) ?? null
  return save(project, form, () =>
    updateProjectInput.pick({ accentColor: true, supportUrl: true, policyUrl: true, termsUrl: true }).parse({
      accentColor: given('accentColor'),
      supportUrl: given('supportUrl'),
      policyUrl: given('policyUrl'),
      termsUrl: given('termsUrl'),
    }),
  )
}

export async function removeLogoAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await removeLogo(ctx)
    revalidatePath(`/projects/${ctx.project.slug}/settings`)
    return null
  })
}

export async function saveDocumentsAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput
      .pick({ documentPolicy: true, documentHosts: true })
      .parse({ documentPolicy: text(form, 'documentPolicy'), documentHosts: lines(form, 'documentHosts') }),
  )
}

export async function saveLifetimesAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput.pick({ accessTokenTtlSeconds: true, refreshIdleSeconds: true, refreshAbsoluteSeconds: true }).parse({
      accessTokenTtlSeconds: text(form, 'accessTokenTtlSeconds'),
      refreshIdleSeconds: text(form, 'refreshIdleSeconds'),
      refreshAbsoluteSeconds: text(form, 'refreshAbsoluteSeconds'),
    }),
  )
}

export async function saveTokensAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput.pick({ signingAlgorithm: true, keyRotationDays: true, tokenType: true, offlineAccessRequired: true }).parse({
      signingAlgorithm: text(form, 'signingAlgorithm'),
      keyRotationDays: text(form, 'keyRotationDays'),
      tokenType: text(form, 'tokenType'),
      offlineAccessRequired: ticked(form, 'offlineAccessRequired'),
    }),
  )
}

export async function saveRetentionAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return save(project, form, () =>
    updateProjectInput.pick({ auditRetentionDays: true }).parse({ auditRetentionDays: text(form, 'auditRetentionDays') }),
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

type NewReviewer = { code: string }

export async function setReviewerAction(project: string, _: FormState<NewReviewer>, form: FormData): Promise<FormState<NewReviewer>> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['email', 'days'], async () => {
    const { code } = await setReviewer(ctx, setReviewerInput.parse({ email: text(form, 'email'), days: text(form, 'days') }))
    revalidatePath(`/projects/${ctx.project.slug}/settings`)
    return { code }
  })
}

export async function clearReviewerAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await clearReviewer(ctx)
    revalidatePath(`/projects/${ctx.project.slug}/settings`)
    return null
  })
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
