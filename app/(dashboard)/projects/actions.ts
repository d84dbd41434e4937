'use server'

import { revalidatePath } from 'next/cache'
import { type CreatedProject, createProject } from '#lib/management/projects/create.ts'
import { createProjectInput } from '#lib/management/projects/inputs.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../components/ui/form-state.ts'
import { attempt, optional, text } from '../../attempt.ts'

/** The secrets travel in this one answer and stand nowhere else: no URL, no cookie, no later page. */
export async function createProjectAction(_: FormState<CreatedProject>, form: FormData): Promise<FormState<CreatedProject>> {
  const ctx = await requireMember()
  return attempt(form, ['name', 'resource', 'slug'], async () => {
    const input = createProjectInput.parse({ name: text(form, 'name'), resource: text(form, 'resource'), slug: optional(form, 'slug') })
    const created = await createProject(ctx, input)
    revalidatePath('/projects', 'layout')
    return created
  })
}
