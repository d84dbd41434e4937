'use client'

import { startRegistration } from '@simplewebauthn/browser'
import { startTransition, useActionState, useEffect, useEffectEvent, useState } from 'react'
import type { PasskeyCreation } from '#lib/management/account/passkey-options.ts'
import { passkeyFailure } from '../account/passkey-failure.ts'
import { usePasskeySupport } from '../account/passkey-support.ts'
import { browserName } from '../passkeys/browser-name.ts'
import { Button } from '../ui/button.tsx'
import type { FormAction, FormState } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

export type CreationAction = FormAction<PasskeyCreation>

/** Our server is asked with what the browser shall make one, and is then told what it made. It is named after the device; names change. */
export function AddPasskey({ options, action }: { options: CreationAction; action: FormAction }) {
  const supported = usePasskeySupport()
  const [failure, setFailure] = useState<string | null>(null)
  const [state, keep, keeping] = useActionState<FormState, FormData>(action, { kind: 'idle' })
  const settled = useEffectEvent((state: FormState) => {
    if (state.kind === 'done') toast.success('Passkey added')
  })
  useEffect(() => settled(state), [state])

  const form = useForm(options, async (optionsJSON) => {
    setFailure(null)
    try {
      const credential = await startRegistration({ optionsJSON })
      const filled = new FormData()
      filled.set('credential', JSON.stringify(credential))
      filled.set('name', nameOfDevice())
      startTransition(() => keep(filled))
    } catch (error) {
      setFailure(passkeyFailure(error))
    }
  })

  if (supported === false) return <Notice>This browser has no passkeys.</Notice>
  const problem = failure ?? form.message ?? (state.kind === 'refused' ? (state.message ?? Object.values(state.fields)[0]) : null)
  return (
    <form {...form.props} className="grid gap-3">
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Button type="submit" tone="secondary" pending={form.pending || keeping} className="w-fit">
        Add a passkey
      </Button>
    </form>
  )
}

function nameOfDevice(): string {
  const known = browserName(navigator.userAgent)
  return known ? `${known.browser} on ${known.device}` : 'Passkey'
}
