'use client'

import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { PasskeyForm, usePasskeySupport } from './passkey-form.tsx'
import type { PasskeyWords } from './passkey-words.ts'

type AddPasskeyProps = {
  action: string
  csrf: string
  words: PasskeyWords
  /** What to call it, unless the person has a better name. */
  suggestedName: string
}

/** Shown only where scripts run and the browser has passkeys: without either nobody could add one. */
export function AddPasskey({ action, csrf, words, suggestedName }: AddPasskeyProps) {
  if (!usePasskeySupport()) return null
  return (
    <PasskeyForm<PublicKeyCredentialCreationOptionsJSON>
      action={action}
      fields={{ csrf, intent: 'add-passkey' }}
      words={words}
      ask={(optionsJSON) => startRegistration({ optionsJSON })}
    >
      {(busy) => (
        <>
          <TextField label={words.name} name="name" hint={words.nameHint} maxLength={60} autoComplete="off" defaultValue={suggestedName} />
          <Button type="submit" tone="secondary" pending={busy}>
            {words.add}
          </Button>
        </>
      )}
    </PasskeyForm>
  )
}
