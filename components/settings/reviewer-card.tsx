'use client'

import { useState } from 'react'
import type { ProjectDetails } from '#lib/management/projects/get.ts'
import { ActionForm } from '../ui/action-form.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { Dialog, DialogContent, DialogFooter, DialogTrigger, FormFooter } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { useMayChange } from '../ui/may-change.tsx'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useForm } from '../ui/use-form.ts'

type SetReviewer = FormAction<{ code: string }>
type ReviewerCardProps = { project: Pick<ProjectDetails, 'reviewer' | 'settings'>; set: SetReviewer; clear: FormAction }

/** The people of an app store who review a client can read no mailbox of the customer's: a fixed code stands in for mail. */
export function ReviewerCard({ project, set, clear }: ReviewerCardProps) {
  const { reviewer, settings } = project
  return (
    <Card id="reviewer" className="scroll-mt-20">
      <CardHeader
        title="Reviewer account"
        description="For the review of your app by a store: one address that signs in with a fixed code, without a mail, until it expires."
        action={settings.signInEmail ? <SetReviewerDialog set={set} replaces={reviewer !== null} /> : undefined}
      />
      <CardBody>
        {!reviewer && (
          <p className="text-[13px] text-ink-soft">
            {settings.signInEmail ? 'None at the moment.' : 'Switch on “Code by e-mail” first: the reviewer enters the code there.'}
          </p>
        )}
        {reviewer && (
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border bg-sunken px-3.5 py-2.5 text-[13px]">
            <div className="grid gap-0.5">
              <span className="flex flex-wrap items-center gap-2">
                <span className="wrap-anywhere">{reviewer.email}</span>
                <Badge tone="warn">Fixed code</Badge>
              </span>
              <span className="text-ink-faint text-xs">
                Expires <RelativeTime at={reviewer.expiresAt} />
              </span>
            </div>
            <ConfirmDialog
              trigger={
                <Button tone="ghost" size="sm" className="-mx-3">
                  Remove
                </Button>
              }
              title="Remove the reviewer’s code?"
              confirm="Remove"
              done="Reviewer removed"
              action={clear}
            >
              <p>The code stops working, the account is signed out, and whatever it allowed is revoked.</p>
            </ConfirmDialog>
          </div>
        )}
      </CardBody>
    </Card>
  )
}

function SetReviewerDialog({ set, replaces }: { set: SetReviewer; replaces: boolean }) {
  const mayChange = useMayChange()
  const [open, setOpen] = useState(false)
  const [shown, setShown] = useState(false)
  const change = (open: boolean) => {
    setOpen(open)
    if (!open) setShown(false)
  }
  if (!mayChange) return null
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button tone="secondary" size="sm">
          {replaces ? 'Replace' : 'Make a code'}
        </Button>
      </DialogTrigger>
      <DialogContent title={shown ? 'The reviewer’s code' : 'Reviewer account'} locked={shown}>
        <SetReviewerForm set={set} onShown={() => setShown(true)} close={() => change(false)} />
      </DialogContent>
    </Dialog>
  )
}

function SetReviewerForm({ set, onShown, close }: { set: SetReviewer; onShown: () => void; close: () => void }) {
  const form = useForm(set, onShown)
  if (form.state.kind === 'done') {
    return (
      <div className="grid gap-4">
        <Notice tone="warn" title="It is shown once">
          The reviewer chooses “Send me a code” with this address, and enters it.
        </Notice>
        <Copyable label="code" value={form.state.value.code} />
        <DialogFooter>
          <Button onClick={close}>I stored it</Button>
        </DialogFooter>
      </div>
    )
  }
  return (
    <ActionForm form={form}>
      <TextField
        label="E-mail"
        {...form.field('email')}
        type="email"
        required
        autoComplete="off"
        hint="One that no user has. Nothing is sent to it."
      />
      <TextField label="Days" {...form.field('days', '30')} type="number" min={1} max={90} required hint="At most 90." />
      <FormFooter pending={form.pending}>Make the code</FormFooter>
    </ActionForm>
  )
}
