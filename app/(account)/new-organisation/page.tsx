import type { Metadata } from 'next'
import Link from 'next/link'
import { waitingInvitation } from '#lib/session/invitation.ts'
import { requireSignedIn } from '#lib/session/require-member.ts'
import { AccountCard } from '../../../components/account/account-card.tsx'
import { InvitationWaiting } from '../../../components/organisation/invitation-waiting.tsx'
import { NewOrganisationForm } from '../../../components/organisation/new-organisation-form.tsx'
import { createOrganisationAction } from './actions.ts'

export const metadata: Metadata = { title: 'New organisation' }

export default async function NewOrganisationPage() {
  const member = await requireSignedIn()
  const waiting = await waitingInvitation()
  return (
    <AccountCard
      title="New organisation"
      description="It owns projects and has members of its own. You will be its owner."
      footer={
        <>
          Signed in as {member.email}.{' '}
          <Link
            href="/projects"
            className="font-medium text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
          >
            Your projects
          </Link>
        </>
      }
    >
      {waiting && <InvitationWaiting organisation={waiting.organisation} />}
      <NewOrganisationForm action={createOrganisationAction} />
    </AccountCard>
  )
}
