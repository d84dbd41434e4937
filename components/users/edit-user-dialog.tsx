'use client'

import { useState } from 'react'
import type { UserDetails } from '#lib/management/users/get.ts'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { CheckboxField, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type EditUserProps = { user: Pick<UserDetails, 'name' | 'email'>; action: FormAction }

export function EditUserDialog({ user, action }: EditUserProps) {
  return (
    <FormDialog
      trigger={
        <Button tone="secondary" size="sm">
          Edit
        </Button>
      }
      title="Edit user"
      description="What clients read of them changes with their next token."
    >
      {(close) => <EditUserForm user={user} action={action} close={close} />}
    </FormDialog>
  )
}

function EditUserForm({ user, action, close }: EditUserProps & { close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success('User saved')
  })
  const [email, setEmail] = useState(user.email ?? '')
  const isNew = email.trim().toLowerCase() !== (user.email ?? '')
  return (
    <ActionForm form={form}>
      <TextField label="Name" {...form.field('name', user.name ?? '')} optional autoComplete="off" maxLength={80} />
      <TextField
        label="E-mail"
        {...(email === '' && user.email === null ? {} : { name: 'email' })}
        type="email"
        optional={user.email === null}
        required={user.email !== null}
        autoComplete="off"
        value={email}
        onChange={({ target }) => setEmail(target.value)}
        hint="They sign in with the new address from then on. It is unverified until they confirm it."
        error={form.error('email')}
      />
      {isNew && email !== '' && (
        <CheckboxField label="I know that this address is theirs" name="emailVerified" hint="Clients read it as verified at once." />
      )}
      <FormFooter pending={form.pending}>Save user</FormFooter>
    </ActionForm>
  )
}
