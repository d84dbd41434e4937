'use client'

import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from '@simplewebauthn/browser'
import { startTransition, useState } from 'react'
import { passkeyFailure } from './passkey-failure.ts'

type Ask = () => Promise<PublicKeyCredentialRequestOptionsJSON>

/** Has the browser answer with a passkey, and hands the answer, as JSON, on. */
export function usePasskey(options: Ask, answered: (credential: string) => void) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  const ask = async (): Promise<void> => {
    setBusy(true)
    setFailure(null)
    try {
      const credential = await startAuthentication({ optionsJSON: await options() })
      startTransition(() => answered(JSON.stringify(credential)))
    } catch (error) {
      setFailure(passkeyFailure(error))
    } finally {
      setBusy(false)
    }
  }
  return { ask, busy, failure }
}
