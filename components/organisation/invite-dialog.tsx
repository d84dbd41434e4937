'use client'

import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { SentInvitation } from '#lib/management/invitations/send.ts'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogContent, DialogTrigger, FormFooter } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { useForm } from '../ui/use-form.ts'
import { useOpen } from '../ui/use-open.ts'
import { InvitationLink } from './invitation-link.tsx'
import { RoleField } from './role-field.tsx'
import type { RoleName } from './role-words.ts'

type InviteProps = { roles: readonly RoleName[]; mails: boolean; action: FormAction<SentInvitation> }

/** Asks for an address and a role; afterwards shows the link, once. */
export function InviteDialog(props: InviteProps) {
  const [open, setOpen] = useOpen('invite')
  const [sent, setSent] = useState<SentInvitation | null>(null)
  const change = (isOpen: boolean) => {
    setOpen(isOpen)
    if (isOpen) setSent(null) // not while it closes, or the empty form would flash
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button>
          <UserPlus aria-hidden />
          Invite member
        </Button>
      </DialogTrigger>
      <DialogContent title={sent ? `${sent.email} is invited` : 'Invite member'}>
        {sent ? <InvitationLink sent={sent} onStored={() => change(false)} /> : <InviteForm {...props} onSent={setSent} />}
      </DialogContent>
    </Dialog>
  )
}

function InviteForm({ roles, mails, action, onSent }: InviteProps & { onSent: (sent: SentInvitation) => void }) {
  const form = useForm(action, onSent)
  return (
    <ActionForm form={form}>
      <TextField
        label="E-mail"
        {...form.field('email')}
        type="email"
        autoComplete="off"
        required
        placeholder="grace@example.com"
        hint={
          mails
            ? 'We write to it. The link counts for 7 days, once, for this address alone.'
            : 'This installation sends no mail: you get a link to hand over. It counts for 7 days, once, for this address alone.'
        }
      />
      <RoleField roles={roles} initial={roles.includes('developer') ? 'developer' : (roles[0] ?? 'viewer')} error={form.error('role')} />
      <FormFooter pending={form.pending}>Send invitation</FormFooter>
    </ActionForm>
  )
}
