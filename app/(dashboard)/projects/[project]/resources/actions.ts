'use server'

import { revalidatePath } from 'next/cache'
import type { ManagementContext } from '#lib/management/context.ts'
import { createResource } from '#lib/management/resources/create.ts'
import { createResourceAlias } from '#lib/management/resources/create-alias.ts'
import { deleteResource } from '#lib/management/resources/delete.ts'
import { deleteResourceAlias } from '#lib/management/resources/delete-alias.ts'
import { updateResource } from '#lib/management/resources/update.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, text } from '../../../../attempt.ts'

export async function createResourceAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => createResource(ctx, { identifier: text(form, 'identifier'), name: text(form, 'name') }))
}

export async function renameResourceAction(project: string, identifier: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => updateResource(ctx, { identifier: word(identifier), name: text(form, 'name') }))
}

export async function makeDefaultAction(project: string, identifier: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => updateResource(ctx, { identifier: word(identifier), isDefault: true }))
}

export async function deleteResourceAction(project: string, identifier: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => deleteResource(ctx, { identifier: word(identifier) }))
}

export async function createAliasAction(project: string, identifier: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => createResourceAlias(ctx, { identifier: word(identifier), alias: text(form, 'alias') }))
}

export async function deleteAliasAction(
  project: string,
  identifier: string,
  alias: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return change(project, form, (ctx) => deleteResourceAlias(ctx, { identifier: word(identifier), alias: word(alias) }))
}

async function change(project: string, form: FormData, verb: (ctx: ManagementContext) => Promise<unknown>): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['identifier', 'name', 'alias'], async () => {
    await verb(ctx)
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}
