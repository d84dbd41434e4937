'use client'

import { useState } from 'react'
import type { UserDetails } from '#lib/management/users/get.ts'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogContent, DialogTrigger, FormFooter } from '../ui/dialog.tsx'
import { CheckboxField, TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type EditUserProps = { user: Pick<UserDetails, 'name' | 'email'>; action: FormAction }

export function EditUserDialog({ user, action }: EditUserProps) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button tone="secondary" size="sm">
          Edit
        </Button>
      </DialogTrigger>
      <DialogContent title="Edit user" description="What clients read of them changes with their next token.">
        <EditUserForm user={user} action={action} close={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
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
