import type { ReactNode } from 'react'
import { Notice } from './notice.tsx'
import type { useForm } from './use-form.ts'

type Filled = Pick<ReturnType<typeof useForm>, 'props' | 'message'>

/** The form of `useForm`, its fields below one another; above them what is wrong with all of it. */
export function ActionForm({ form, className = 'grid gap-4', children }: { form: Filled; className?: string; children: ReactNode }) {
  return (
    <form {...form.props} className={className}>
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      {children}
    </form>
  )
}
