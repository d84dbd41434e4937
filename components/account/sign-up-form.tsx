'use client'

import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'

export function SignUpForm({ action }: { action: FormAction }) {
  const form = useForm(action)
  return (
    <form {...form.props} className="grid gap-4">
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        required
        maxLength={80}
        defaultValue={form.value('name')}
        error={form.error('name')}
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={form.value('email')}
        error={form.error('email')}
      />
      <NewPasswordField
        label="Password"
        name="password"
        hint="At least 12 characters. Any character will do."
        error={form.error('password')}
      />
      <Button type="submit" pending={form.pending} className="mt-1">
        Sign up
      </Button>
    </form>
  )
}
