'use server'

import { revalidatePath } from 'next/cache'
import type { ManagementContext } from '#lib/management/context.ts'
import { type CheckedDomain, checkDomain } from '#lib/management/domains/check.ts'
import { claimDomain } from '#lib/management/domains/claim.ts'
import { removeDomain } from '#lib/management/domains/remove.ts'
import { setPrimaryIssuer } from '#lib/management/domains/set-primary-issuer.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, text } from '../../../../attempt.ts'

export async function claimDomainAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, async (ctx) => {
    await claimDomain(ctx, { host: text(form, 'host') })
    return null
  })
}

export async function checkDomainAction(
  project: string,
  host: string,
  _: FormState<CheckedDomain>,
  form: FormData,
): Promise<FormState<CheckedDomain>> {
  return change(project, form, (ctx) => checkDomain(ctx, { host: word(host) }))
}

export async function removeDomainAction(project: string, host: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, async (ctx) => {
    await removeDomain(ctx, { host: word(host) })
    return null
  })
}

export async function setPrimaryIssuerAction(project: string, url: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, async (ctx) => {
    await setPrimaryIssuer(ctx, { url: word(url) })
    return null
  })
}

async function change<Done>(project: string, form: FormData, verb: (ctx: ManagementContext) => Promise<Done>): Promise<FormState<Done>> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['host'], async () => {
    const done = await verb(ctx)
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return done
  })
}
