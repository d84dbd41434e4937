'use client'

import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { useForm } from '../ui/use-form.ts'
import { TextLink } from './text-link.tsx'

/** `next`: the page to go on with; null for the first one. */
export function LoginForm({ action, next }: { action: FormAction; next: string | null }) {
  const form = useForm(action)
  return (
    <ActionForm form={form}>
      {next && <input type="hidden" name="next" value={next} />}
      <TextField label="E-mail" {...form.field('email')} type="email" autoComplete="username webauthn" required />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required error={form.error('password')} />
      <p className="-mt-2 text-[13px]">
        <TextLink href="/forgotten-password">Forgotten password?</TextLink>
      </p>
      <Button type="submit" pending={form.pending}>
        Log in
      </Button>
    </ActionForm>
  )
}
