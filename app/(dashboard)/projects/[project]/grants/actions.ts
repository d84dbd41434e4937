'use server'

import { revalidatePath } from 'next/cache'
import { revokeGrantsInput } from '#lib/management/grants/inputs.ts'
import { revokeGrants } from '#lib/management/grants/revoke.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt } from '../../../../attempt.ts'

/** From the list of grants, and from a client's page and a user's. */
export async function revokeGrantsAction(project: string, grantIds: string[], _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    const { revoked } = await revokeGrants(ctx, revokeGrantsInput.parse({ grantIds }))
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return revoked < grantIds.length ? `${revoked} revoked; the others were already` : null
  })
}
