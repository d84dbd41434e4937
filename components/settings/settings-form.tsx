'use client'

import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardFooter, CardHeader } from '../ui/card.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type SettingsFormProps = {
  id: string
  title: string
  description?: ReactNode
  footer?: ReactNode
  action: FormAction
  children: ReactNode
}

/** One card, one form, one button: what is saved together stands together. */
export function SettingsForm({ id, title, description, footer, action, children }: SettingsFormProps) {
  const form = useForm(action, () => toast.success(`${title} saved`))
  const problems = form.state.kind === 'refused' ? Object.values(form.state.fields) : []
  return (
    <form {...form.props} aria-label={title} className="min-w-0">
      <Card id={id} className="scroll-mt-20">
        <CardHeader title={title} description={description} />
        <CardBody className="gap-5">
          {(form.message || problems.length > 0) && <Notice tone="bad">{form.message ?? problems.join(' ')}</Notice>}
          {children}
        </CardBody>
        <CardFooter>
          <span className="min-w-0 flex-1 basis-40">{footer}</span>
          <Button type="submit" size="sm" pending={form.pending} aria-label={`Save ${title.toLowerCase()}`}>
            Save
          </Button>
        </CardFooter>
      </Card>
    </form>
  )
}
