'use client'

import { useState } from 'react'
import type { ListedInvitation } from '#lib/management/invitations/list.ts'
import type { SentInvitation } from '#lib/management/invitations/send.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import type { FormAction, FormState } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Table, Td, Th, Tr } from '../ui/table.tsx'
import { useForm } from '../ui/use-form.ts'
import { InvitationLink } from './invitation-link.tsx'
import { type RoleName, roleLabel } from './role-words.ts'

type Resend = (invitationId: string, state: FormState<SentInvitation>, form: FormData) => Promise<FormState<SentInvitation>>
type Revoke = (invitationId: string, state: FormState, form: FormData) => Promise<FormState>

type InvitationTableProps = {
  invitations: readonly ListedInvitation[]
  /** Roles the reader may give: others' invitations are not theirs to touch. */
  governs: readonly RoleName[]
  resend: Resend
  revoke: Revoke
}

/** Who was asked and has not answered. */
export function InvitationTable({ invitations, governs, resend, revoke }: InvitationTableProps) {
  return (
    <Table label="Open invitations">
      <thead>
        <tr>
          <Th>Address</Th>
          <Th>Role</Th>
          <Th>Invited by</Th>
          <Th>Counts until</Th>
          {governs.length > 0 && <Th className="text-right">Actions</Th>}
        </tr>
      </thead>
      <tbody>
        {invitations.map((invitation) => (
          <Tr key={invitation.id}>
            <Td className="min-w-52 font-medium">{invitation.email}</Td>
            <Td>
              <Badge>{roleLabel(invitation.role)}</Badge>
            </Td>
            <Td className="text-ink-soft">{invitation.invitedBy ?? 'API key'}</Td>
            <Td className="text-ink-soft">
              {invitation.status === 'expired' ? <Badge tone="warn">Expired</Badge> : <RelativeTime at={invitation.expiresAt} />}
            </Td>
            {governs.length > 0 && (
              <Td className="text-right">
                {(governs as readonly string[]).includes(invitation.role) && (
                  <span className="inline-flex gap-2">
                    <SendAgain email={invitation.email} action={(state, form) => resend(invitation.id, state, form)} />
                    <Withdraw email={invitation.email} action={(state, form) => revoke(invitation.id, state, form)} />
                  </span>
                )}
              </Td>
            )}
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function SendAgain({ email, action }: { email: string; action: FormAction<SentInvitation> }) {
  const [sent, setSent] = useState<SentInvitation | null>(null)
  const form = useForm(action, setSent)
  const refusal = form.message
  return (
    <>
      <form {...form.props}>
        <Button type="submit" tone="secondary" size="sm" pending={form.pending} aria-label={`Send again to ${email}`}>
          Send again
        </Button>
        {refusal && (
          <p role="alert" className="mt-1 max-w-52 whitespace-normal text-bad text-xs">
            {refusal}
          </p>
        )}
      </form>
      <Dialog open={sent !== null} onOpenChange={() => setSent(null)}>
        {sent && (
          <DialogContent title="The invitation is sent again" description="The link that was sent before opens nothing any more.">
            <InvitationLink sent={sent} onStored={() => setSent(null)} />
          </DialogContent>
        )}
      </Dialog>
    </>
  )
}

function Withdraw({ email, action }: { email: string; action: FormAction }) {
  return (
    <ConfirmDialog
      trigger={
        <Button tone="danger-quiet" size="sm" aria-label={`Withdraw the invitation of ${email}`}>
          Withdraw
        </Button>
      }
      title={`Withdraw the invitation of ${email}?`}
      confirm="Withdraw invitation"
      done={`The invitation of ${email} is withdrawn`}
      action={action}
    >
      <p>Its link opens nothing any more. You can invite the same address again.</p>
    </ConfirmDialog>
  )
}
