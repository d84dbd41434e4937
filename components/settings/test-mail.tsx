'use client'

import { Send } from 'lucide-react'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

/** To the member who asks, so that nobody can write to strangers with it. */
export function TestMail({ recipient, action }: { recipient: string; action: FormAction }) {
  const form = useForm(action, () => toast.success(`Sent to ${recipient}`))
  return (
    <ActionForm form={form} className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" tone="secondary" size="sm" pending={form.pending}>
          <Send aria-hidden />
          Send me a test
        </Button>
        <p className="wrap-anywhere min-w-0 text-[13px] text-ink-soft">
          Goes to {recipient}, with the code 123456 and a link that leads nowhere. At most 10 in 10 minutes.
        </p>
      </div>
    </ActionForm>
  )
}
