'use client'

import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type EmailCardProps = { email: string; verified: boolean /** This installation sends mail. */; canMail: boolean; action: FormAction }

export function EmailCard({ email, verified, canMail, action }: EmailCardProps) {
  const form = useForm(action, () => toast.success('A link is on its way'))
  return (
    <Card>
      <CardHeader title="E-mail address" description="You log in with it, and a forgotten password reaches you there." />
      <CardBody>
        <p className="flex min-w-0 flex-wrap items-center gap-2">
          <span className="wrap-anywhere">{email}</span>
          {verified ? <Badge tone="good">Confirmed</Badge> : <Badge tone="warn">Not confirmed</Badge>}
        </p>
        {form.message && <Notice tone="bad">{form.message}</Notice>}
        {!verified && canMail && (
          <form {...form.props}>
            <Button type="submit" tone="secondary" pending={form.pending}>
              Mail me a link to confirm it
            </Button>
          </form>
        )}
      </CardBody>
    </Card>
  )
}
