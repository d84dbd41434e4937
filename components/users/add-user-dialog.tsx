'use client'

import { Plus } from 'lucide-react'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogContent, DialogTrigger, FormFooter } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { useOpen } from '../ui/use-open.ts'

export function AddUserDialog({ action }: { action: FormAction }) {
  const [open, setOpen] = useOpen('add-user')
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Plus aria-hidden />
          Add user
        </Button>
      </DialogTrigger>
      <DialogContent title="Add user" description="They sign in with this address and password on the sign-in page of this project.">
        <AddUserForm action={action} close={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
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
