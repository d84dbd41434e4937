'use client'

import { type ReactNode, useState } from 'react'
import { ActionForm } from '../ui/action-form.tsx'
import { Dialog, DialogContent, DialogTrigger, FormFooter } from '../ui/dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { useMayChange } from '../ui/may-change.tsx'
import { NameField } from '../ui/name-field.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type RenameProps = { trigger: ReactNode; hint: string; name: string; action: FormAction }

export function RenameSecretDialog({ trigger, hint, ...rest }: RenameProps) {
  const mayChange = useMayChange()
  const [open, setOpen] = useState(false)
  if (!mayChange) return null
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={`Rename ${hint}`}>
        <RenameForm {...rest} close={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

function RenameForm({ name, action, close }: Omit<RenameProps, 'trigger' | 'hint'> & { close: () => void }) {
  const form = useForm(action, () => {
    toast.success('Secret renamed')
    close()
  })
  return (
    <ActionForm form={form}>
      <NameField {...form.field('name', name)} hint="Whatever holds the secret notices nothing." />
      <FormFooter pending={form.pending}>Rename</FormFooter>
    </ActionForm>
  )
}
