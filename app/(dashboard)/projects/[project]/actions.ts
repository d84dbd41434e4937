'use server'

import { revalidatePath } from 'next/cache'
import { revokeGrant } from '#lib/management/grants/revoke.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../components/ui/form-state.ts'
import { word } from '../../../argument.ts'
import { attempt } from '../../../attempt.ts'

/** From a client's page as from a user's. */
export async function revokeGrantAction(project: string, grantId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await revokeGrant(ctx, { grantId })
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}
