'use server'

import { revalidatePath } from 'next/cache'
import type { ManagementContext } from '#lib/management/context.ts'
import { createSavedView } from '#lib/management/saved-views/create.ts'
import { deleteSavedView } from '#lib/management/saved-views/delete.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, text } from '../../../../attempt.ts'

export async function saveViewAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => createSavedView(ctx, { name: text(form, 'name'), query: text(form, 'query') }))
}

export async function deleteViewAction(project: string, id: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => deleteSavedView(ctx, { id: word(id) }))
}

async function change(project: string, form: FormData, verb: (ctx: ManagementContext) => Promise<unknown>): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['name'], async () => {
    await verb(ctx)
    revalidatePath(`/projects/${ctx.project.slug}/audit-log`, 'layout')
    return null
  })
}
