'use server'

import { revalidatePath } from 'next/cache'
import type { ManagementContext } from '#lib/management/context.ts'
import { getProject } from '#lib/management/projects/get.ts'
import { updateProjectInput } from '#lib/management/projects/inputs.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../components/ui/form-state.ts'
import { word } from '../../../argument.ts'
import { attempt, text } from '../../../attempt.ts'
import { rememberAnswer } from './sign-in-question.ts'

/** A project that has none of its own ways on gets the one that needs nothing else. */
export async function keepOwnAccountsAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return answer(project, form, async (ctx) => {
    const { signInPassword, signInEmail, signInPasskey } = (await getProject(ctx)).settings
    if (!signInPassword && !signInEmail && !signInPasskey) await updateProject(ctx, { signInPassword: true })
  })
}

export async function nameSignInPageAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return answer(project, form, async (ctx) => {
    await updateProject(ctx, updateProjectInput.pick({ handoffUrl: true }).parse({ handoffUrl: text(form, 'handoffUrl') }))
  })
}

export async function skipQuestionAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return answer(project, form, async () => undefined)
}

async function answer(project: string, form: FormData, configure: (ctx: ManagementContext) => Promise<void>): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['handoffUrl'], async () => {
    await configure(ctx)
    await rememberAnswer(ctx.project.slug)
    revalidatePath(`/projects/${ctx.project.slug}`)
    return null
  })
}
