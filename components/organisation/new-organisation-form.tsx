'use client'

import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NameField } from '../ui/name-field.tsx'
import { useForm } from '../ui/use-form.ts'

export function NewOrganisationForm({ action }: { action: FormAction }) {
  const form = useForm(action)
  return (
    <ActionForm form={form}>
      <NameField
        {...form.field('name')}
        autoComplete="organization"
        placeholder="Acme"
        hint="Members see it; the people who use your servers do not."
      />
      <Button type="submit" pending={form.pending}>
        Create organisation
      </Button>
    </ActionForm>
  )
}
