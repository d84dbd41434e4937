'use server'

import { revalidatePath } from 'next/cache'
import { rotateKeysInput } from '#lib/management/keys/inputs.ts'
import { rotateKeys } from '#lib/management/keys/rotate.ts'
import { rotateProjectSecretInput } from '#lib/management/secrets/inputs.ts'
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

type Rotated = { secret: string }

export async function rotateProjectSecretAction(
  project: string,
  kind: string,
  _: FormState<Rotated>,
  form: FormData,
): Promise<FormState<Rotated>> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    const rotated = await rotateProjectSecret(ctx, rotateProjectSecretInput.parse({ kind, overlapHours: text(form, 'overlapHours') }))
    revalidatePath(`/projects/${ctx.project.slug}/keys`)
    return rotated
  })
}

export async function revokeProjectSecretAction(project: string, secretId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await revokeProjectSecret(ctx, { secretId })
    revalidatePath(`/projects/${ctx.project.slug}/keys`)
    return null
  })
}
