'use client'

import { type ReactNode, useState } from 'react'
import { Dialog, DialogContent, DialogTrigger, FormFooter } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { useMayChange } from '../ui/may-change.tsx'
import { Notice } from '../ui/notice.tsx'
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
    <form {...form.props} className="grid gap-4">
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      <TextField
        label="Name"
        name="name"
        required
        maxLength={80}
        autoComplete="off"
        defaultValue={form.value('name', name)}
        error={form.error('name')}
        hint="Whatever holds the secret notices nothing."
      />
      <FormFooter pending={form.pending}>Rename</FormFooter>
    </form>
  )
}
