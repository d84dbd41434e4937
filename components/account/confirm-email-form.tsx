'use client'

import { Button } from '../ui/button.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'

/** A button, because programs that read mail follow its links. */
export function ConfirmEmailForm({ action }: { action: FormAction }) {
  const form = useForm(action)
  return (
    <form {...form.props} className="grid gap-4">
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      <Button type="submit" pending={form.pending}>
        Confirm this address
      </Button>
    </form>
  )
}
