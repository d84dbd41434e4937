'use client'

import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NameField } from '../ui/name-field.tsx'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { useForm } from '../ui/use-form.ts'

export function SignUpForm({ action }: { action: FormAction }) {
  const form = useForm(action)
  return (
    <ActionForm form={form}>
      <NameField {...form.field('name')} autoComplete="name" />
      <TextField label="E-mail" {...form.field('email')} type="email" autoComplete="username" required />
      <NewPasswordField label="Password" name="password" error={form.error('password')} />
      <Button type="submit" pending={form.pending} className="mt-1">
        Sign up
      </Button>
    </ActionForm>
  )
}
