'use server'

import { revalidatePath } from 'next/cache'
import { createUser } from '#lib/management/users/create.ts'
import { disableUser } from '#lib/management/users/disable.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, optional, text } from '../../../../attempt.ts'

export async function createUserAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['email', 'name'], async () => {
    const name = optional(form, 'name')
    await createUser(ctx, { email: text(form, 'email'), password: text(form, 'password'), ...(name ? { name } : {}) })
    revalidatePath(`/projects/${ctx.project.slug}/users`)
    return null
  })
}

export async function disableUserAction(project: string, userId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await disableUser(ctx, { userId })
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}
