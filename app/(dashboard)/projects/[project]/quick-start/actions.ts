'use server'

import { runCheckInput } from '#lib/management/checks/inputs.ts'
import { type CheckResult, runCheck } from '#lib/management/checks/run.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt } from '../../../../attempt.ts'

export async function runCheckAction(
  project: string,
  resource: string,
  check: string,
  _: FormState<CheckResult>,
  form: FormData,
): Promise<FormState<CheckResult>> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], () => runCheck(ctx, runCheckInput.parse({ resource, check })))
}
