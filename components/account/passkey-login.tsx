'use client'

import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import { KeyRound } from 'lucide-react'
import { startTransition, useActionState, useEffect, useEffectEvent } from 'react'
import { Button } from '../ui/button.tsx'
import type { FormAction, FormState } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { usePasskeySupport } from './passkey-support.ts'
import { usePasskey } from './use-passkey.ts'

/** Throws when the server refuses or does not answer. */
async function options(): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const answer = await fetch('/login/passkey-options', { method: 'POST' })
  if (!answer.ok) throw new Error(`asking for a passkey answered ${answer.status}`)
  return answer.json()
}

/** A button, and passkeys among what the browser offers for the address field above. `next`: the page to go on with. */
export function PasskeyLogin({ action, next }: { action: FormAction; next: string | null }) {
  const supported = usePasskeySupport()
  const [state, submit, pending] = useActionState<FormState, FormData>(action, { kind: 'idle' })
  const enter = (credential: string): void => {
    const filled = new FormData()
    filled.set('credential', credential)
    if (next) filled.set('next', next)
    startTransition(() => submit(filled))
  }
  const { ask, busy, failure } = usePasskey(options, enter)
  const offer = useEffectEvent(() => offerInField(enter))
  useEffect(() => {
    if (supported) void offer()
    return () => WebAuthnAbortService.cancelCeremony()
  }, [supported])
  if (!supported) return null
  const problem = failure ?? (state.kind === 'refused' ? (state.message ?? state.fields.credential) : null)
  return (
    <>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Button tone="secondary" pending={busy || pending} onClick={() => void ask()}>
        <KeyRound aria-hidden />
        Log in with a passkey
      </Button>
    </>
  )
}

/** Nobody asked for it, so nobody is told when it fails: the button is there. */
async function offerInField(enter: (credential: string) => void): Promise<void> {
  try {
    if (!(await browserSupportsWebAuthnAutofill())) return
    enter(JSON.stringify(await startAuthentication({ optionsJSON: await options(), useBrowserAutofill: true })))
  } catch {
    // the button is there
  }
}
