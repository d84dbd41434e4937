'use client'

import type { ReactNode } from 'react'
import { Dialog, DialogContent, DialogTrigger } from './dialog.tsx'
import { useMayChange } from './may-change.tsx'
import { useOpen } from './use-open.ts'

type FormDialogProps = {
  /** The button that opens it. */
  trigger: ReactNode
  title: string
  description?: string
  /** What `?open=` says for it. */
  opensAs?: string | undefined
  /** The form, made anew each time it opens; `close` is for when it is done. */
  children: (close: () => void) => ReactNode
}

/** A form behind a button. It is not there where the reader may change nothing. */
export function FormDialog({ trigger, title, description, opensAs, children }: FormDialogProps) {
  const mayChange = useMayChange()
  const [open, setOpen] = useOpen(opensAs)
  if (!mayChange) return null
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={title} description={description}>
        {children(() => setOpen(false))}
      </DialogContent>
    </Dialog>
  )
}
