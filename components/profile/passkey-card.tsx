'use client'

import { KeyRound, Pencil, Trash2 } from 'lucide-react'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { AddPasskey, type CreationAction } from './add-passkey.tsx'

type Passkey = {
  credentialId: string
  name: string
  createdAt: Date
  lastUsedAt: Date | null
  backedUp: boolean
  rename: FormAction
  remove: FormAction
}

type PasskeyCardProps = { passkeys: readonly Passkey[]; options: CreationAction; add: FormAction }

export function PasskeyCard({ passkeys, options, add }: PasskeyCardProps) {
  return (
    <Card>
      <CardHeader
        title="Passkeys"
        description="Log in with a fingerprint, a face or a security key: nothing to type, nothing that a false page could catch."
      />
      <CardBody>
        {passkeys.length > 0 && (
          <ul className="grid divide-y rounded-lg border">
            {passkeys.map((passkey) => (
              <PasskeyItem key={passkey.credentialId} passkey={passkey} />
            ))}
          </ul>
        )}
        <AddPasskey options={options} action={add} />
      </CardBody>
    </Card>
  )
}

function PasskeyItem({ passkey: { name, createdAt, lastUsedAt, backedUp, rename, remove } }: { passkey: Passkey }) {
  return (
    <li className="flex min-w-0 items-center gap-3 px-4 py-3">
      <KeyRound aria-hidden className="size-4 shrink-0 text-ink-soft" />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <span className="flex flex-wrap items-center gap-2">
          <span className="wrap-anywhere font-medium">{name}</span>
          {backedUp && <Badge>Synchronised</Badge>}
        </span>
        <span className="text-[13px] text-ink-soft">
          Added <RelativeTime at={createdAt} />, last used <RelativeTime at={lastUsedAt} never="never" />
        </span>
      </div>
      <RenameDialog name={name} action={rename} />
      <ConfirmDialog
        trigger={
          <Button tone="ghost" size="icon" aria-label={`Remove ${name}`}>
            <Trash2 aria-hidden />
          </Button>
        }
        title={`Remove “${name}”?`}
        confirm="Remove"
        done="Passkey removed"
        action={remove}
      >
        <p>It opens this account no longer. Delete it on the device too, or the browser goes on offering it.</p>
      </ConfirmDialog>
    </li>
  )
}

function RenameDialog({ name, action }: { name: string; action: FormAction }) {
  return (
    <FormDialog
      trigger={
        <Button tone="ghost" size="icon" aria-label={`Rename ${name}`}>
          <Pencil aria-hidden />
        </Button>
      }
      title="Rename this passkey"
    >
      {(close) => <RenameForm name={name} action={action} onDone={close} />}
    </FormDialog>
  )
}

function RenameForm({ name, action, onDone }: { name: string; action: FormAction; onDone: () => void }) {
  const form = useForm(action, () => {
    toast.success('Passkey renamed')
    onDone()
  })
  return (
    <form {...form.props} className="grid gap-4">
      <TextField
        label="Name"
        name="name"
        maxLength={60}
        required
        defaultValue={form.value('name', name)}
        error={form.error('name') ?? form.message ?? undefined}
      />
      <Button type="submit" pending={form.pending}>
        Save
      </Button>
    </form>
  )
}
