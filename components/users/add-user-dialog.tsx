'use client'

import { Plus } from 'lucide-react'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

export function AddUserDialog({ action }: { action: FormAction }) {
  return (
    <FormDialog
      trigger={
        <Button>
          <Plus aria-hidden />
          Add user
        </Button>
      }
      title="Add user"
      description="They sign in with this address and password on the sign-in page of this project."
      opensAs="add-user"
    >
      {(close) => <AddUserForm action={action} close={close} />}
    </FormDialog>
  )
}

function AddUserForm({ action, close }: { action: FormAction; close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success('User added')
  })
  return (
    <ActionForm form={form}>
      <TextField label="E-mail" {...form.field('email')} type="email" required autoComplete="off" />
      <TextField label="Name" {...form.field('name')} optional autoComplete="off" maxLength={80} />
      <NewPasswordField
        label="Password"
        name="password"
        hint="At least 12 characters. Tell it to them yourself: nothing is mailed."
        error={form.error('password')}
      />
      <FormFooter pending={form.pending}>Add user</FormFooter>
    </ActionForm>
  )
}
