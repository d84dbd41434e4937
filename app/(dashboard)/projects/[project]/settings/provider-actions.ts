'use server'

import { revalidatePath } from 'next/cache'
import type { ManagementContext } from '#lib/management/context.ts'
import { createUpstreamProvider } from '#lib/management/upstream-providers/create.ts'
import { deleteUpstreamProvider } from '#lib/management/upstream-providers/delete.ts'
import { createUpstreamProviderInput, updateUpstreamProviderInput } from '#lib/management/upstream-providers/inputs.ts'
import { testUpstreamProvider } from '#lib/management/upstream-providers/test.ts'
import { updateUpstreamProvider } from '#lib/management/upstream-providers/update.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, optional, text, ticked } from '../../../../attempt.ts'

/** Not the secret. */
const SHOWN = ['issuer', 'clientId', 'name', 'scope']

export async function addProviderAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, async (ctx) => {
    const wanted = {
      ...{ id: text(form, 'id'), preset: text(form, 'preset'), name: optional(form, 'name'), issuer: text(form, 'issuer') },
      ...{ clientId: text(form, 'clientId'), clientSecret: text(form, 'clientSecret'), scope: text(form, 'scope') },
      keepTokens: ticked(form, 'keepTokens'),
    }
    await createUpstreamProvider(ctx, createUpstreamProviderInput.in.parse(wanted)) // which issuer is meant, the verb says
  })
}

export async function editProviderAction(project: string, id: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, async (ctx) => {
    const wanted = {
      ...{ id: word(id), name: optional(form, 'name'), clientId: text(form, 'clientId'), clientSecret: optional(form, 'clientSecret') },
      ...{ scope: text(form, 'scope'), keepTokens: ticked(form, 'keepTokens'), enabled: ticked(form, 'enabled') },
    }
    await updateUpstreamProvider(ctx, updateUpstreamProviderInput.parse(wanted))
  })
}

export async function removeProviderAction(project: string, id: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => deleteUpstreamProvider(ctx, { id: word(id) }))
}

type Tested = { problems: readonly string[] }

export async function testProviderAction(project: string, id: string, _: FormState<Tested>, form: FormData): Promise<FormState<Tested>> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], () => testUpstreamProvider(ctx, { id: word(id) }))
}

async function change(project: string, form: FormData, verb: (ctx: ManagementContext) => Promise<void>): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, SHOWN, async () => {
    await verb(ctx)
    revalidatePath(`/projects/${ctx.project.slug}/settings`)
    return null
  })
}
