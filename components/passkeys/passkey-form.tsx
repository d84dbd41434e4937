'use client'

import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { type FormEvent, type ReactNode, type RefObject, useRef, useState, useSyncExternalStore } from 'react'
import { Notice } from '../ui/notice.tsx'
import type { PasskeyWords } from './passkey-words.ts'

const nothing = () => () => {}

/** Whether this browser has passkeys; null until its scripts have said so. */
export const usePasskeySupport = (): boolean | null => useSyncExternalStore(nothing, browserSupportsWebAuthn, () => null)

type PasskeyFormProps<Options> = {
  action: string
  /** Hidden ones. `intent` is what the form does; our server gives options for the others. */
  fields: Readonly<Record<string, string>>
  /** Has the browser answer to our options. */
  ask: (options: Options) => Promise<object>
  words: Pick<PasskeyWords, 'failures'>
  /** To send what it answered without the button. */
  form?: RefObject<HTMLFormElement | null>
  children: (busy: boolean) => ReactNode
}

/** A plain form whose one answer is the browser's: it is asked when the form is to be sent. */
export function PasskeyForm<Options>({ action, fields, ask, words, form: given, children }: PasskeyFormProps<Options>) {
  const own = useRef<HTMLFormElement>(null)
  const form = given ?? own
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    const element = event.currentTarget
    if (new FormData(element).get('credential')) return // the browser has answered: on to our server
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    try {
      const options = await passkeyOptions<Options>(element)
      if (options) sendCredential(element, await ask(options))
    } catch (error) {
      setFailure(failureOf(error, words))
      setBusy(false)
    }
  }

  return (
    <form ref={form} method="post" action={action} onSubmit={submit} className="grid gap-4">
      {Object.entries({ ...fields, credential: '' }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} defaultValue={value} />
      ))}
      {failure && <Notice tone="bad">{failure}</Notice>}
      {children(busy)}
    </form>
  )
}

/** What to ask the browser with. Null when our server answers with a page instead: then the browser is on its way there. */
export async function passkeyOptions<Options>(form: HTMLFormElement): Promise<Options | null> {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) fields.set(name, String(value))
  fields.set('intent', 'passkey-options')
  const answer = await fetch(form.action, { method: 'POST', body: fields })
  if (answer.redirected) {
    window.location.assign(answer.url)
    return null
  }
  if (!answer.ok) throw new Error(`asking for a passkey answered ${answer.status}`)
  return answer.json()
}

/** As a form, so that the answer may lead on to another page. */
export function sendCredential(form: HTMLFormElement, credential: object): void {
  const field = form.elements.namedItem('credential')
  if (field instanceof HTMLInputElement) field.value = JSON.stringify(credential)
  form.requestSubmit()
}

function failureOf(error: unknown, { failures }: Pick<PasskeyWords, 'failures'>): string {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'AbortError':
      return failures.cancelled
    case 'InvalidStateError':
      return failures.known
    case 'SecurityError':
      return failures.here
    default:
      return failures.other
  }
}
