'use client'

import type { ReactNode } from 'react'
import { ActionForm } from '../ui/action-form.tsx'
import { Dialog, DialogContent, DialogTrigger, FormFooter } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { useOpen } from '../ui/use-open.ts'

export function ClaimDialog({ trigger, action }: { trigger: ReactNode; action: FormAction }) {
  const [open, setOpen] = useOpen('add-domain')
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title="Add a domain">
        <ClaimForm action={action} close={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

function ClaimForm({ action, close }: { action: FormAction; close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success('Domain added. Now put its record into your DNS')
  })
  return (
    <ActionForm form={form}>
      <TextField
        label="Host"
        {...form.field('host')}
        required
        maxLength={300}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="login.example.com"
        hint="A host that serves nothing else: sign-in, consent and tokens will live there."
      />
      <FormFooter pending={form.pending}>Add domain</FormFooter>
    </ActionForm>
  )
}
