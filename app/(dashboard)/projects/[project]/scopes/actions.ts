'use server'

import { revalidatePath } from 'next/cache'
import type { ManagementContext } from '#lib/management/context.ts'
import { createScope } from '#lib/management/scopes/create.ts'
import { deleteScope } from '#lib/management/scopes/delete.ts'
import { createScopeInput, orderScopesInput, updateScopeInput } from '#lib/management/scopes/inputs.ts'
import { orderScopes } from '#lib/management/scopes/order.ts'
import { updateScope } from '#lib/management/scopes/update.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, text, ticked } from '../../../../attempt.ts'

export async function createScopeAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => createScope(ctx, createScopeInput.parse({ name: text(form, 'name'), ...fieldsOf(form) })))
}

export async function updateScopeAction(project: string, name: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => updateScope(ctx, updateScopeInput.parse({ name, ...fieldsOf(form) })))
}

export async function deleteScopeAction(project: string, name: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => deleteScope(ctx, { name }))
}

/** All names in their new order. What was wrong in a sentence; null: nothing. */
export async function orderScopesAction(project: string, names: readonly string[]): Promise<string | null> {
  const answer = await change(project, new FormData(), (ctx) => orderScopes(ctx, orderScopesInput.parse({ names })))
  return answer.kind === 'refused' ? (answer.message ?? Object.values(answer.fields)[0] ?? null) : null
}

const fieldsOf = (form: FormData) => ({
  description: text(form, 'description'),
  risk: text(form, 'risk') || 'low',
  isRequired: ticked(form, 'isRequired'),
  isDefault: ticked(form, 'isDefault'),
})

async function change(project: string, form: FormData, verb: (ctx: ManagementContext) => Promise<unknown>): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['name'], async () => {
    await verb(ctx)
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}
