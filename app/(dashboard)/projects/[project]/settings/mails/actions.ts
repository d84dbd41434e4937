'use server'

import { sendTestMailInput } from '#lib/management/mails/inputs.ts'
import { sendTestMail } from '#lib/management/mails/send-test.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../../components/ui/form-state.ts'
import { word } from '../../../../../argument.ts'
import { attempt } from '../../../../../attempt.ts'

export async function sendTestMailAction(project: string, kind: string, locale: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await sendTestMail(ctx, sendTestMailInput.parse({ kind, locale }))
    return null
  })
}
