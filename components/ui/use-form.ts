'use client'

import { type FormEvent, startTransition, useActionState, useEffect, useEffectEvent, useRef } from 'react'
import type { FormAction, FormState } from './form-state.ts'

/** One form and its server action. Works before hydration (a native POST); afterwards puts the focus on the first field in error. */
export function useForm<Done>(action: FormAction<Done>, onDone?: (value: Done) => void) {
  const [state, submit, pending] = useActionState<FormState<Done>, FormData>(action, { kind: 'idle' })
  const ref = useRef<HTMLFormElement>(null)
  const settled = useEffectEvent((state: FormState<Done>) => {
    if (state.kind === 'done') onDone?.(state.value)
    if (state.kind === 'refused') ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  })
  useEffect(() => settled(state), [state])

  /** React would empty the form after each answer, a refusal too, and forget what was chosen in a list. */
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const filled = new FormData(event.currentTarget)
    startTransition(() => submit(filled))
  }

  const refused = state.kind === 'refused' ? state : null
  return {
    state,
    pending,
    message: refused?.message ?? null,
    error: (name: string): string | undefined => refused?.fields[name],
    value: (name: string, initial = ''): string => refused?.values[name] ?? initial,
    /** Spread on the `<form>`. */
    props: { ref, action: submit, onSubmit, noValidate: true },
  }
}
