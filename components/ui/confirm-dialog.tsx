'use client'

import { type ReactNode, useState } from 'react'
import { FormFooter } from './dialog.tsx'
import { TextField } from './field.tsx'
import { FormDialog } from './form-dialog.tsx'
import type { FormAction } from './form-state.ts'
import { Notice } from './notice.tsx'
import { toastDone, type Undo } from './toast.tsx'
import { useForm } from './use-form.ts'

type ConfirmProps = {
  /** The button that opens it. */
  trigger: ReactNode
  title: string
  /** What `?open=` says for it. */
  opensAs?: string | undefined
  /** What will happen, and to whom. */
  children: ReactNode
  confirm: string
  danger?: boolean
  /** Must be typed before it goes on. */
  typed?: string
  /** Said afterwards, unless the action has something better to say. */
  done: string
  /** Offered beside what is said then. */
  undo?: Undo
  action: FormAction
}

export function ConfirmDialog({ trigger, title, opensAs, ...rest }: ConfirmProps) {
  return (
    <FormDialog trigger={trigger} title={title} opensAs={opensAs}>
      {(close) => <ConfirmForm {...rest} close={close} />}
    </FormDialog>
  )
}

type ConfirmFormProps = Omit<ConfirmProps, 'trigger' | 'title' | 'opensAs'> & { close: () => void }

function ConfirmForm({ children, confirm, danger = true, typed, done, undo, action, close }: ConfirmFormProps) {
  const [text, setText] = useState('')
  // Said with the answer, not after the next render: what was confirmed may take this very dialog off the page.
  const form = useForm<string | null>(async (state, filled) => {
    const answer = await action(state, filled)
    if (answer.kind === 'done') toastDone(answer.value ?? done, undo)
    return answer
  }, close)
  return (
    <form {...form.props} className="grid gap-4">
      <div className="grid gap-2 text-ink-soft">{children}</div>
      {typed !== undefined && (
        <TextField
          label={`Type “${typed}” to confirm`}
          name="confirmation"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      <FormFooter
        tone={danger ? 'danger' : 'primary'}
        pending={form.pending}
        disabled={typed !== undefined && text.trim() !== typed.trim()}
      >
        {confirm}
      </FormFooter>
    </form>
  )
}
