'use client'

import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { useForm } from '../ui/use-form.ts'

/** `next`: the page to go on with; null for the first one. */
export function SecondFactorForm({ action, next }: { action: FormAction; next: string | null }) {
  const form = useForm(action)
  return (
    <ActionForm form={form}>
      {next && <input type="hidden" name="next" value={next} />}
      <TextField
        label="Code"
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        required
        autoFocus
        hint="Six digits from your authenticator app, or one of your recovery codes."
        error={form.error('code')}
      />
      <Button type="submit" pending={form.pending} className="mt-1">
        Log in
      </Button>
    </ActionForm>
  )
}
