'use server'

import type { ProofInput } from '#lib/management/account/inputs.ts'
import { type PasskeyRequest, passkeyRequest } from '#lib/management/account/passkey-options.ts'
import { type ProofWays, proofWays, proveItIsYou } from '#lib/management/account/prove.ts'
import { offeredProviders } from '#lib/session/providers.ts'
import { accountContext } from '#lib/session/require-member.ts'
import type { FormState } from '../../components/ui/form-state.ts'
import { attempt, text } from '../attempt.ts'

/** With what the member can show that it is still them; `providers` are those that the installation offers. */
export async function proofWaysAction(): Promise<ProofWays & { providers: { id: string; name: string }[] }> {
  return { ...(await proofWays(await accountContext())), providers: offeredProviders() }
}

export async function proofPasskeyAction(): Promise<PasskeyRequest> {
  const { memberId, address } = await accountContext()
  return passkeyRequest(memberId, address)
}

export async function proveAction(_: FormState, form: FormData): Promise<FormState> {
  return attempt(form, [], async () => {
    await proveItIsYou(await accountContext(), proofOf(form))
    return null
  })
}

function proofOf(form: FormData): ProofInput {
  switch (text(form, 'by')) {
    case 'passkey':
      return { by: 'passkey', credential: text(form, 'credential') }
    case 'code':
      return { by: 'code', code: text(form, 'code') }
    default:
      return { by: 'password', password: text(form, 'password') }
  }
}
