'use server'

import { revalidatePath } from 'next/cache'
import { rotateKeysInput } from '#lib/management/keys/inputs.ts'
import { revokeKey } from '#lib/management/keys/revoke.ts'
import { rotateKeys } from '#lib/management/keys/rotate.ts'
import { createProjectSecret } from '#lib/management/secrets/create.ts'
import { createProjectSecretInput } from '#lib/management/secrets/inputs.ts'
import { renameProjectSecret } from '#lib/management/secrets/rename.ts'
import { revokeProjectSecret } from '#lib/management/secrets/revoke.ts'
import { rotateProjectSecret } from '#lib/management/secrets/rotate.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, text } from '../../../../attempt.ts'

export async function rotateKeysAction(project: string, purpose: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    const { outcome } = await rotateKeys(ctx, rotateKeysInput.parse({ purpose }))
    revalidatePath(`/projects/${ctx.project.slug}/keys`)
    return outcome === 'prepared' ? 'A key of the new algorithm is published. It signs after one more rotation, in a few minutes.' : null
  })
}

export async function revokeKeyAction(project: string, kid: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await revokeKey(ctx, { kid: word(kid) })
    revalidatePath(`/projects/${ctx.project.slug}/keys`)
    return null
  })
}

type Shown = { secret: string }

/** No page is made anew before the secret was stored: it stands in a dialog of the row that would go. The dialog asks for it when it closes. */
export async function createSecretAction(project: string, kind: string, _: FormState<Shown>, form: FormData): Promise<FormState<Shown>> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['name'], async () => {
    const { secret } = await createProjectSecret(ctx, createProjectSecretInput.parse({ kind, name: text(form, 'name') }))
    return { secret }
  })
}

export async function rotateSecretAction(
  project: string,
  secretId: string,
  _: FormState<Shown>,
  form: FormData,
): Promise<FormState<Shown>> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    const { secret } = await rotateProjectSecret(ctx, { secretId: word(secretId), overlapHours: text(form, 'overlapHours') })
    return { secret }
  })
}

export async function renameSecretAction(project: string, secretId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['name'], async () => {
    await renameProjectSecret(ctx, { secretId: word(secretId), name: text(form, 'name') })
    revalidatePath(`/projects/${ctx.project.slug}/keys`)
    return null
  })
}

export async function revokeSecretAction(project: string, secretId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await revokeProjectSecret(ctx, { secretId: word(secretId) })
    revalidatePath(`/projects/${ctx.project.slug}/keys`)
    return null
  })
}
