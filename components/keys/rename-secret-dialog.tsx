'use client'

import type { ReactNode } from 'react'
import { ActionForm } from '../ui/action-form.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NameField } from '../ui/name-field.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type RenameProps = { trigger: ReactNode; hint: string; name: string; action: FormAction }

export function RenameSecretDialog({ trigger, hint, ...rest }: RenameProps) {
  return (
    <FormDialog trigger={trigger} title={`Rename ${hint}`}>
      {(close) => <RenameForm {...rest} close={close} />}
    </FormDialog>
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
