'use client'

import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { useForm } from '../ui/use-form.ts'

/** A button, because programs that read mail follow its links. */
export function ConfirmEmailForm({ action }: { action: FormAction }) {
  const form = useForm(action)
  return (
    <ActionForm form={form}>
      <Button type="submit" pending={form.pending}>
        Confirm this address
      </Button>
    </ActionForm>
  )
}
