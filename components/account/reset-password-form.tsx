'use client'

import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { useForm } from '../ui/use-form.ts'

export function ResetPasswordForm({ action }: { action: FormAction }) {
  const form = useForm(action)
  return (
    <ActionForm form={form}>
      <NewPasswordField
        label="New password"
        name="newPassword"
        hint="At least 12 characters. It ends every session of your account."
        error={form.error('newPassword')}
      />
      <Button type="submit" pending={form.pending} className="mt-1">
        Save the new password
      </Button>
    </ActionForm>
  )
}
