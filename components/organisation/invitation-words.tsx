import type { OpenInvitation } from '#lib/management/invitations/find.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { ROLE_WORDS, type RoleName, roleLabel } from './role-words.ts'

/** Who asks, as what, and until when. */
export function InvitationWords({ invitation: { invitedBy, organisation, role, email, expiresAt } }: { invitation: OpenInvitation }) {
  return (
    <>
      {invitedBy ?? 'Somebody'} invites <strong className="font-medium text-ink">{email}</strong> to {organisation} as{' '}
      {roleLabel(role).toLowerCase()}. {ROLE_WORDS[role as RoleName]?.may} The invitation ends <RelativeTime at={expiresAt} />.
    </>
  )
}
