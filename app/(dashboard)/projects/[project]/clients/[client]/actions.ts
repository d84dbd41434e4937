'use server'

import { revalidatePath } from 'next/cache'
import { rotateClientSecretInput } from '#lib/management/clients/inputs.ts'
import { revokeClient } from '#lib/management/clients/revoke.ts'
import { rotateClientSecret } from '#lib/management/clients/rotate-secret.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../../components/ui/form-state.ts'
import { word } from '../../../../../argument.ts'
import { attempt, text } from '../../../../../attempt.ts'

export async function revokeClientAction(project: string, clientId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await revokeClient(ctx, { clientId })
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}

type Rotated = { secret: string }

export async function rotateClientSecretAction(
  project: string,
  clientId: string,
  _: FormState<Rotated>,
  form: FormData,
): Promise<FormState<Rotated>> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    const input = rotateClientSecretInput.parse({ clientId, overlapHours: text(form, 'overlapHours') })
    const { clientSecret } = await rotateClientSecret(ctx, input)
    revalidatePath(`/projects/${ctx.project.slug}/clients`, 'layout')
    return { secret: clientSecret }
  })
}
