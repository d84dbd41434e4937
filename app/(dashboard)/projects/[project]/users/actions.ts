'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { type ManagementContext, ManagementError } from '#lib/management/context.ts'
import { createUser } from '#lib/management/users/create.ts'
import { deleteUser } from '#lib/management/users/delete.ts'
import { disableUser, disableUsers } from '#lib/management/users/disable.ts'
import { enableUser, enableUsers } from '#lib/management/users/enable.ts'
import { setUserAttributesInput } from '#lib/management/users/inputs.ts'
import { sendPasswordReset } from '#lib/management/users/send-password-reset.ts'
import { setUserAttributes } from '#lib/management/users/set-attributes.ts'
import { signOutUser } from '#lib/management/users/sign-out.ts'
import { updateUser } from '#lib/management/users/update.ts'
import { verifyUserEmail } from '#lib/management/users/verify-email.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, optional, text, ticked } from '../../../../attempt.ts'
import { doneFor } from '../done-for.ts'

export async function createUserAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['email', 'name'], async () => {
    const name = optional(form, 'name')
    await createUser(ctx, { email: text(form, 'email'), password: text(form, 'password'), ...(name ? { name } : {}) })
    revalidatePath(`/projects/${ctx.project.slug}/users`)
    return null
  })
}

/** The form sends an address only where there is or was one, and the tick only beside a new one. */
export async function updateUserAction(project: string, userId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['name', 'email'], async () => {
    const address = form.has('email')
      ? { email: text(form, 'email'), ...(ticked(form, 'emailVerified') ? { emailVerified: true } : {}) }
      : {}
    await updateUser(ctx, { userId: word(userId), name: optional(form, 'name') ?? null, ...address })
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}

export async function disableUserAction(project: string, userId: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => disableUser(ctx, { userId }))
}

export async function enableUserAction(project: string, userId: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => enableUser(ctx, { userId }))
}

export async function signOutUserAction(project: string, userId: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => signOutUser(ctx, { userId }))
}

export async function verifyUserEmailAction(project: string, userId: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => verifyUserEmail(ctx, { userId }))
}

export async function sendPasswordResetAction(project: string, userId: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => sendPasswordReset(ctx, { userId }))
}

export async function deleteUserAction(project: string, userId: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, async (ctx) => {
    await deleteUser(ctx, { userId })
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    redirect(`/projects/${ctx.project.slug}/users`)
  })
}

export async function setUserAttributesAction(project: string, userId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['attributes'], async () => {
    await setUserAttributes(ctx, setUserAttributesInput.parse({ userId, attributes: objectIn(text(form, 'attributes')) }))
    revalidatePath(`/projects/${ctx.project.slug}/users`, 'layout')
    return null
  })
}

const VERBS = { disable: disableUsers, enable: enableUsers }

/** Many users together, each with its own row in the log. */
export async function changeUsersAction(
  project: string,
  act: 'disable' | 'enable',
  userIds: string[],
  _: FormState,
  form: FormData,
): Promise<FormState> {
  return change(project, form, async (ctx) => {
    const { changed } = await VERBS[z.enum(['disable', 'enable']).parse(act)](ctx, { userIds })
    return doneFor(changed, userIds.length)
  })
}

/** What `verb` answers is said when it is a sentence. */
async function change(project: string, form: FormData, verb: (ctx: ManagementContext) => Promise<unknown>): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    const answer = await verb(ctx)
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return typeof answer === 'string' ? answer : null
  })
}

function objectIn(json: string): unknown {
  try {
    return JSON.parse(json.trim() || '{}')
  } catch {
    throw new ManagementError('invalid', 'This is not JSON', { fields: { attributes: 'This is not JSON' } })
  }
}
