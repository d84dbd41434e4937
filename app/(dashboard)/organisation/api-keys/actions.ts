'use server'

import { revalidatePath } from 'next/cache'
import { createApiKey } from '#lib/management/api-keys/create.ts'
import { createApiKeyInput } from '#lib/management/api-keys/inputs.ts'
import { revokeApiKey } from '#lib/management/api-keys/revoke.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../components/ui/form-state.ts'
import { word } from '../../../argument.ts'
import { attempt, optional, text } from '../../../attempt.ts'

const HERE = '/organisation/api-keys'

/** The key travels in this one answer. */
export async function createApiKeyAction(_: FormState<{ apiKey: string }>, form: FormData): Promise<FormState<{ apiKey: string }>> {
  const ctx = await requireMember()
  return attempt(form, ['name'], async () => {
    const { apiKey } = await createApiKey(
      ctx,
      createApiKeyInput.parse({
        name: text(form, 'name'),
        permissions: form.getAll('permissions'),
        project: optional(form, 'project'),
        expiresInDays: optional(form, 'expiresInDays'),
      }),
    )
    revalidatePath(HERE)
    return { apiKey }
  })
}

export async function revokeApiKeyAction(apiKeyId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember()
  return attempt(form, [], async () => {
    await revokeApiKey(ctx, { apiKeyId: word(apiKeyId) })
    revalidatePath(HERE)
    return null
  })
}
