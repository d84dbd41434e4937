'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '../ui/dialog.tsx'
import { SelectField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'
import { StoredOnce } from './stored-once.tsx'

const OVERLAPS = [
  { hours: 0, label: 'Stops working now' },
  { hours: 1, label: 'Works for 1 more hour' },
  { hours: 24, label: 'Works for 24 more hours' },
  { hours: 168, label: 'Works for 7 more days' },
]

type RotateProps = {
  trigger: ReactNode
  /** "Registration secret": what is rotated. */
  what: string
  purpose: string
  variable: string
  action: FormAction<{ secret: string }>
}

/** Asks how long the old secret may live, then shows the new one, once. What was shown is forgotten when it closes. */
export function RotateSecretDialog({ trigger, ...rest }: RotateProps) {
  const [open, setOpen] = useState(false)
  const [shown, setShown] = useState(false)
  const change = (open: boolean) => {
    setOpen(open)
    if (!open) setShown(false)
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={shown ? `New ${rest.what.toLowerCase()}` : `Rotate ${rest.what.toLowerCase()}`} locked={shown}>
        <RotateForm {...rest} onShown={() => setShown(true)} close={() => change(false)} />
      </DialogContent>
    </Dialog>
  )
}

type RotateFormProps = Omit<RotateProps, 'trigger'> & { onShown: () => void; close: () => void }

function RotateForm({ what, purpose, variable, action, onShown, close }: RotateFormProps) {
  const form = useForm(action, onShown)
  if (form.state.kind === 'done') {
    return <StoredOnce secrets={[{ label: what, purpose, variable, value: form.state.value.secret }]} onStored={close} />
  }
  return (
    <form {...form.props} className="grid gap-4">
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      <SelectField
        label="The old secret"
        name="overlapHours"
        defaultValue="24"
        error={form.error('overlapHours')}
        hint="Leave time to put the new one everywhere the old one is used."
      >
        {OVERLAPS.map(({ hours, label }) => (
          <option key={hours} value={hours}>
            {label}
          </option>
        ))}
      </SelectField>
      <DialogFooter>
        <DialogClose asChild>
          <Button tone="secondary">Cancel</Button>
        </DialogClose>
        <Button type="submit" pending={form.pending}>
          Rotate
        </Button>
      </DialogFooter>
    </form>
  )
}
