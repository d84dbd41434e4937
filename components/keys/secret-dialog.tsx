'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { ActionForm } from '../ui/action-form.tsx'
import { Dialog, DialogContent, DialogTrigger, FormFooter } from '../ui/dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { useMayChange } from '../ui/may-change.tsx'
import { type FormFields, useForm } from '../ui/use-form.ts'
import { useOpen } from '../ui/use-open.ts'
import { StoredOnce } from './stored-once.tsx'

/** What becomes of the secret: its name in words, what it is for, and the variable it goes into. */
export type SecretWords = { readonly what: string; readonly purpose: string; readonly variable: string; readonly issuer?: string }

type SecretDialogProps = {
  /** The button that opens it. */
  trigger: ReactNode
  title: string
  /** What `?open=` says for it. */
  opensAs?: string | undefined
  /** On the button that asks for the secret. */
  submit: string
  words: SecretWords
  action: FormAction<{ secret: string }>
  children: (form: FormFields) => ReactNode
}

/** Asks, then shows a new secret, once. What was shown is forgotten when it closes. */
export function SecretDialog({ trigger, title, opensAs, ...rest }: SecretDialogProps) {
  const mayChange = useMayChange()
  const [open, setOpen] = useOpen(opensAs)
  const [shown, setShown] = useState(false)
  const router = useRouter()
  const change = (open: boolean) => {
    setOpen(open)
    if (open || !shown) return
    setShown(false)
    router.refresh() // not before: the list without the old secret would take this very dialog off the page
  }
  if (!mayChange) return null
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={shown ? `New ${rest.words.what.toLowerCase()}` : title} locked={shown}>
        <SecretDialogForm {...rest} onShown={() => setShown(true)} close={() => change(false)} />
      </DialogContent>
    </Dialog>
  )
}

type SecretDialogFormProps = Omit<SecretDialogProps, 'trigger' | 'title' | 'opensAs'> & { onShown: () => void; close: () => void }

function SecretDialogForm({ submit, words, action, children, onShown, close }: SecretDialogFormProps) {
  const { what, purpose, variable, issuer } = words
  const form = useForm(action, onShown)
  if (form.state.kind === 'done') {
    return (
      <StoredOnce
        secrets={[{ label: what, purpose, variable, value: form.state.value.secret }]}
        {...(issuer === undefined ? {} : { alongside: [['GATEHOUSE_ISSUER', issuer]] })}
        onStored={close}
      />
    )
  }
  return (
    <ActionForm form={form}>
      {children(form)}
      <FormFooter pending={form.pending}>{submit}</FormFooter>
    </ActionForm>
  )
}
