'use client'

import { useRef } from 'react'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type PasswordCardProps = { hasPassword: boolean; email: string; action: FormAction }

export function PasswordCard({ hasPassword, email, action }: PasswordCardProps) {
  const fields = useRef<HTMLDivElement>(null)
  const form = useForm(action, (said) => {
    toast.success(said ?? 'Password saved')
    for (const field of fields.current?.querySelectorAll('input') ?? []) field.value = ''
  })
  return (
    <Card>
      <CardHeader
        title="Password"
        description={
          hasPassword
            ? 'Changing it ends every other session of yours.'
            : 'You sign in without one. Set one if you want to have that way too.'
        }
      />
      <CardBody>
        <ActionForm form={form}>
          {/* So that password managers know whose it is. */}
          <input type="hidden" name="username" autoComplete="username" defaultValue={email} />
          <div ref={fields} className="grid gap-4">
            {hasPassword && (
              <TextField
                label="Current password"
                name="currentPassword"
                type="password"
                autoComplete="current-password"
                required
                maxLength={128}
                error={form.error('currentPassword')}
              />
            )}
            <NewPasswordField label="New password" name="newPassword" error={form.error('newPassword')} />
          </div>
          <Button type="submit" pending={form.pending} className="w-fit">
            {hasPassword ? 'Change password' : 'Set password'}
          </Button>
        </ActionForm>
      </CardBody>
    </Card>
  )
}
