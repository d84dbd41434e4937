'use client'

import { Button } from '../ui/button.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'

export function ResetPasswordForm({ action }: { action: FormAction }) {
  const form = useForm(action)
  return (
    <form {...form.props} className="grid gap-4">
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      <NewPasswordField
        label="New password"
        name="newPassword"
        hint="At least 12 characters. It ends every session of your account."
        error={form.error('newPassword')}
      />
      <Button type="submit" pending={form.pending} className="mt-1">
        Save the new password
      </Button>
    </form>
  )
}
