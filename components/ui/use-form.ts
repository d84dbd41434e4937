'use client'

import { type FormEvent, startTransition, useActionState, useEffect, useEffectEvent, useRef } from 'react'
import type { FormAction, FormState } from './form-state.ts'
import { useReauthentication } from './reauthentication.ts'

/**
 * One form and its server action. Works before hydration (a native POST); afterwards puts the focus on the first field in error. Where
 * the action wants to know who is there, the member is asked, and the same form goes out again.
 */
export function useForm<Done>(action: FormAction<Done>, onDone?: (value: Done) => void) {
  const [state, submit, pending] = useActionState<FormState<Done>, FormData>(action, { kind: 'idle' })
  const reauthenticate = useReauthentication()
  const ref = useRef<HTMLFormElement>(null)
  const sent = useRef<FormData | null>(null)

  const send = (filled: FormData): void => {
    sent.current = filled
    startTransition(() => submit(filled))
  }
  const proveAndSendAgain = async (): Promise<void> => {
    if (!(await reauthenticate())) return
    const filled = sent.current ?? (ref.current && new FormData(ref.current))
    if (filled) send(filled)
  }
  const settled = useEffectEvent((state: FormState<Done>) => {
    if (state.kind === 'done') onDone?.(state.value)
    if (state.kind === 'reauthenticate') void proveAndSendAgain()
    if (state.kind === 'refused') ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  })
  useEffect(() => settled(state), [state])

  /** React would empty the form after each answer, a refusal too, and forget what was chosen in a list. */
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    send(new FormData(event.currentTarget))
  }

  const refused = state.kind === 'refused' ? state : null
  const error = (name: string): string | undefined => refused?.fields[name]
  const value = (name: string, initial = ''): string => refused?.values[name] ?? initial
  return {
    state,
    pending,
    message: state.kind === 'reauthenticate' ? 'Confirm that it is you to go on.' : (refused?.message ?? null),
    error,
    value,
    /** Spread on a field whose value stands in the page: not on a password. */
    field: (name: string, initial?: string) => ({ name, defaultValue: value(name, initial), error: error(name) }),
    /** Spread on the `<form>`. */
    props: { ref, action: submit, onSubmit, noValidate: true },
  }
}

/** What a group of fields wants of its form. */
export type FormFields = Pick<ReturnType<typeof useForm>, 'field' | 'value' | 'error'>
