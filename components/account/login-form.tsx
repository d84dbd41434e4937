'use client'

import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'
import { TextLink } from './text-link.tsx'

/** `next`: the page to go on with; null for the first one. */
export function LoginForm({ action, next }: { action: FormAction; next: string | null }) {
  const form = useForm(action)
  return (
    <form {...form.props} className="grid gap-4">
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      {next && <input type="hidden" name="next" value={next} />}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username webauthn"
        required
        defaultValue={form.value('email')}
        error={form.error('email')}
      />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required error={form.error('password')} />
      <p className="-mt-2 text-[13px]">
        <TextLink href="/forgotten-password">Forgotten password?</TextLink>
      </p>
      <Button type="submit" pending={form.pending}>
        Log in
      </Button>
    </form>
  )
}
