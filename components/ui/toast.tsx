'use client'

import { CircleAlert, CircleCheck } from 'lucide-react'
import { Toaster as Sonner, toast } from 'sonner'
import type { FormAction } from './form-state.ts'

export { toast } from 'sonner'

/** Where short confirmations appear; failures of a form stand in the form. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      style={{ fontFamily: 'inherit' }}
      gap={8}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-good" />,
        error: <CircleAlert aria-hidden className="size-4 text-bad" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: 'flex w-full items-start gap-2.5 rounded-lg bg-raised px-4 py-3 text-[13px] text-ink shadow-pop sm:w-[356px]',
          icon: 'mt-[2px]',
          title: 'font-medium',
          description: 'text-ink-soft',
          content: 'min-w-0 flex-1',
          actionButton:
            'shrink-0 rounded-md border border-line-strong bg-surface px-2 py-0.5 font-medium text-[13px] text-ink transition-colors hover:bg-hover',
        },
      }}
    />
  )
}

/** What takes an act back, and what is said then. */
export type Undo = { readonly action: FormAction; readonly done: string }

const UNDO_MS = 10_000

/** Says what happened. With `undo` there is a button that takes it back, while the message stands. */
export function toastDone(text: string, undo?: Undo): void {
  if (!undo) {
    toast.success(text)
    return
  }
  toast.success(text, { duration: UNDO_MS, action: { label: 'Undo', onClick: () => void takeBack(undo) } })
}

async function takeBack({ action, done }: Undo): Promise<void> {
  const answer = await action({ kind: 'idle' }, new FormData())
  if (answer.kind === 'done') toast.success(answer.value ?? done)
  if (answer.kind === 'refused') toast.error(answer.message ?? 'This could not be taken back')
}
