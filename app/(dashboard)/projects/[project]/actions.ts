'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { CreatedProject } from '#lib/management/projects/create.ts'
import { createTestProject } from '#lib/management/projects/create-test-project.ts'
import { deleteProject } from '#lib/management/projects/delete.ts'
import { promoteSettings } from '#lib/management/projects/promote.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../components/ui/form-state.ts'
import { word } from '../../../argument.ts'
import { attempt, text } from '../../../attempt.ts'

/** The secrets travel in this one answer. Nothing is asked again for its sake: that would take them off the page before they are stored. */
export async function createTestProjectAction(
  project: string,
  _: FormState<CreatedProject>,
  form: FormData,
): Promise<FormState<CreatedProject>> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], () => createTestProject(ctx))
}

/** `shown` are all differences of the form, `take` those that were ticked. */
export async function promoteSettingsAction(project: string, version: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    const names = (field: string) => form.getAll(field).filter((value) => typeof value === 'string')
    const taken = new Set(names('take'))
    await promoteSettings(ctx, { version: word(version), except: names('shown').filter((name) => !taken.has(name)) })
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}

export async function deleteProjectAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await deleteProject(ctx, { name: text(form, 'confirmation') })
    revalidatePath('/projects', 'layout')
    redirect('/projects')
  })
}
