'use client'

import type { ReactNode } from 'react'
import { ActionForm } from '../ui/action-form.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

export function ClaimDialog({ trigger, action }: { trigger: ReactNode; action: FormAction }) {
  return (
    <FormDialog trigger={trigger} title="Add a domain" opensAs="add-domain">
      {(close) => <ClaimForm action={action} close={close} />}
    </FormDialog>
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
