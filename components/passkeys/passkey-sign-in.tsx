'use client'

import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import { useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { PasskeyForm, passkeyOptions, sendCredential, usePasskeySupport } from './passkey-form.tsx'
import type { PasskeyWords } from './passkey-words.ts'

type PasskeySignInProps = {
  action: string
  /** The hidden fields of every form of the sign-in page. */
  fields: Readonly<Record<string, string>>
  words: PasskeyWords
  /** There is no other way. */
  only: boolean
  /** There is a field for an address, in which the browser may offer passkeys. */
  autofill: boolean
}

type Options = PublicKeyCredentialRequestOptionsJSON

export function PasskeySignIn({ only, ...props }: PasskeySignInProps) {
  const supported = usePasskeySupport()
  if (supported) return <SignIn only={only} {...props} />
  if (!only) return null
  return supported === null ? (
    <noscript>
      <Notice tone="warn">{props.words.needsScripts}</Notice>
    </noscript>
  ) : (
    <Notice tone="warn">{props.words.unsupported}</Notice>
  )
}

function SignIn({ action, fields, words, only, autofill }: PasskeySignInProps) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (autofill && form.current) void offerIn(form.current)
    return () => WebAuthnAbortService.cancelCeremony()
  }, [autofill])
  return (
    <PasskeyForm<Options>
      action={action}
      fields={{ ...fields, intent: 'passkey' }}
      ask={(optionsJSON) => startAuthentication({ optionsJSON })}
      words={words}
      form={form}
    >
      {(busy) => (
        <Button type="submit" tone={only ? 'primary' : 'secondary'} pending={busy} className="h-10">
          {words.signIn}
        </Button>
      )}
    </PasskeyForm>
  )
}

/** Has the browser offer passkeys with the addresses that it fills in. Nobody asked for it, so nobody is told when it fails. */
async function offerIn(form: HTMLFormElement): Promise<void> {
  try {
    if (!(await browserSupportsWebAuthnAutofill())) return
    const optionsJSON = await passkeyOptions<Options>(form)
    if (optionsJSON) sendCredential(form, await startAuthentication({ optionsJSON, useBrowserAutofill: true }))
  } catch {
    // the button is there
  }
}
