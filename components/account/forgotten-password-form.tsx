'use client'

import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'

export function ForgottenPasswordForm({ action }: { action: FormAction }) {
  const form = useForm(action)
  if (form.state.kind === 'done') {
    return (
      <Notice title="Look into your mail">
        If this address has an account, a link is on its way. It counts once, for 30 minutes; a newer one replaces it.
      </Notice>
    )
  }
  return (
    <form {...form.props} className="grid gap-4">
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={form.value('email')}
        error={form.error('email')}
      />
      <Button type="submit" pending={form.pending} className="mt-1">
        Send me a link
      </Button>
    </form>
  )
}
