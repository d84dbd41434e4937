'use client'

import { ActionForm } from '../ui/action-form.tsx'
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
    <ActionForm form={form}>
      <TextField label="E-mail" {...form.field('email')} type="email" autoComplete="username" required />
      <Button type="submit" pending={form.pending} className="mt-1">
        Send me a link
      </Button>
    </ActionForm>
  )
}
