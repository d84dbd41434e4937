'use server'

import { checkToken, type TokenReport } from '#lib/management/tokens/check.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, text } from '../../../../attempt.ts'

/** A refusal sends nothing back of what was typed. */
export async function checkTokenAction(project: string, _: FormState<TokenReport>, form: FormData): Promise<FormState<TokenReport>> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], () => checkToken(ctx, { token: text(form, 'token') }))
}
