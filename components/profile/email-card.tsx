'use client'

import { ActionForm } from '../ui/action-form.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type EmailCardProps = {
  email: string
  verified: boolean
  /** This installation sends mail. */
  canMail: boolean
  confirm: FormAction
  change: FormAction
}

export function EmailCard({ email, verified, canMail, confirm, change }: EmailCardProps) {
  const form = useForm(confirm, () => toast.success('A link is on its way'))
  return (
    <Card>
      <CardHeader
        title="E-mail address"
        description="You log in with it, and a forgotten password reaches you there."
        action={canMail && <ChangeEmailDialog action={change} />}
      />
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

function ChangeEmailDialog({ action }: { action: FormAction }) {
  return (
    <FormDialog
      trigger={
        <Button tone="secondary" size="sm">
          Change address
        </Button>
      }
      title="Change address"
      description="We mail a link to the new address. Open it in this browser within an hour: until then nothing changes."
    >
      {(close) => <ChangeEmailForm action={action} close={close} />}
    </FormDialog>
  )
}

function ChangeEmailForm({ action, close }: { action: FormAction; close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success('A link is on its way to the new address')
  })
  return (
    <ActionForm form={form}>
      <TextField
        label="New address"
        {...form.field('email')}
        type="email"
        required
        autoComplete="email"
        hint="The old address is told. Your other sessions end."
      />
      <FormFooter pending={form.pending}>Mail me a link</FormFooter>
    </ActionForm>
  )
}
