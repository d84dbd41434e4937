'use server'

import { revalidatePath } from 'next/cache'
import type { ManagementContext } from '#lib/management/context.ts'
import { createScope } from '#lib/management/scopes/create.ts'
import { deleteScope } from '#lib/management/scopes/delete.ts'
import { updateScope } from '#lib/management/scopes/update.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, text, ticked } from '../../../../attempt.ts'

export async function createScopeAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) =>
    createScope(ctx, { name: text(form, 'name'), description: text(form, 'description'), isDefault: ticked(form, 'isDefault') }),
  )
}

export async function updateScopeAction(project: string, name: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) =>
    updateScope(ctx, { name, description: text(form, 'description'), isDefault: ticked(form, 'isDefault') }),
  )
}

export async function deleteScopeAction(project: string, name: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => deleteScope(ctx, { name }))
}

async function change(project: string, form: FormData, verb: (ctx: ManagementContext) => Promise<void>): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['name', 'description'], async () => {
    await verb(ctx)
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}
