'use client'

import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import type { FormAction } from './form-state.ts'
import { toast, toastDone, type Undo } from './toast.tsx'
import { useForm } from './use-form.ts'

type ActButtonProps = Pick<ButtonProps, 'tone' | 'size'> & {
  children: ReactNode
  /** Said afterwards, unless the action has something better to say. */
  done: string
  undo?: Undo
  action: FormAction
}

/** One press, one act, for what needs no second thought. What is refused is said as it is. */
export function ActButton({ children, done, undo, action, tone = 'secondary', size }: ActButtonProps) {
  const form = useForm<string | null>(async (state, filled) => {
    const answer = await action(state, filled)
    if (answer.kind === 'done') toastDone(answer.value ?? done, undo)
    if (answer.kind === 'refused') toast.error(answer.message ?? 'This was refused')
    return answer
  })
  return (
    <form {...form.props}>
      <Button type="submit" tone={tone} size={size} pending={form.pending}>
        {children}
      </Button>
    </form>
  )
}
