'use client'

import { RefreshCw } from 'lucide-react'
import type { CheckedDomain } from '#lib/management/domains/check.ts'
import { Button } from '../ui/button.tsx'
import { FieldError } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { PROBLEMS } from './domain-words.ts'

/** Looks for the record now; what was found stands below it. */
export function CheckButton({ host, action }: { host: string; action: FormAction<CheckedDomain> }) {
  const form = useForm(action, ({ problem }) => {
    if (problem === null) toast.success(`${host} is verified`)
    else toast.error(PROBLEMS[problem].found)
  })
  return (
    <form {...form.props} className="grid gap-1">
      <Button type="submit" tone="secondary" size="sm" pending={form.pending} aria-label={`Check now: ${host}`}>
        <RefreshCw aria-hidden />
        Check now
      </Button>
      {form.message && <FieldError>{form.message}</FieldError>}
    </form>
  )
}
