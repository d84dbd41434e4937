'use client'

import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'

export function NewOrganisationForm({ action }: { action: FormAction }) {
  const form = useForm(action)
  return (
    <form {...form.props} className="grid gap-4">
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      <TextField
        label="Name"
        name="name"
        required
        maxLength={80}
        autoComplete="organization"
        placeholder="Acme"
        hint="Members see it; the people who use your servers do not."
        defaultValue={form.value('name')}
        error={form.error('name')}
      />
      <Button type="submit" pending={form.pending}>
        Create organisation
      </Button>
    </form>
  )
}
