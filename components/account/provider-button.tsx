'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toast.tsx'
import { goToProvider } from './go-to-provider.ts'
import { ProviderMark } from './provider-mark.tsx'

type Props = { provider: { id: string; name: string }; callbackUrl: string; label?: string; size?: 'sm' | 'md' }

/** “Continue with GitHub”. */
export function ProviderButton({ provider: { id, name }, callbackUrl, label = `Continue with ${name}`, size = 'md' }: Props) {
  const [busy, setBusy] = useState(false)
  const leave = async (): Promise<void> => {
    setBusy(true)
    try {
      await goToProvider(id, callbackUrl)
    } catch {
      setBusy(false)
      toast.error('The server did not answer. Try again.')
    }
  }
  return (
    <Button tone="secondary" size={size} pending={busy} onClick={() => void leave()}>
      <ProviderMark id={id} fallback={<KeyRound aria-hidden />} />
      {label}
    </Button>
  )
}
