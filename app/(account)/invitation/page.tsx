import type { Metadata } from 'next'
import Link from 'next/link'
import { findInvitation } from '#lib/management/invitations/find.ts'
import { invitationsAreMailed } from '#lib/management/invitations/send.ts'
import { keptInvitation } from '#lib/session/invitation.ts'
import { currentMember } from '#lib/session/require-member.ts'
import { AccountCard } from '../../../components/account/account-card.tsx'
import { AcceptForm, JoinForm, LogInFirst, UseAnotherAccount } from '../../../components/organisation/answer-invitation.tsx'
import { InvitationWords } from '../../../components/organisation/invitation-words.tsx'
import { one } from '../../search-params.ts'
import { acceptAction, joinAction, logInFirstAction, useAnotherAccountAction } from './actions.ts'

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer', robots: { index: false, follow: false } }

export default async function InvitationPage({ searchParams }: PageProps<'/invitation'>) {
  const token = one(await searchParams, 'token') ?? (await keptInvitation())
  const [invitation, member] = await Promise.all([findInvitation(token), currentMember()])
  if (!invitation) return <Gone />
  const title = `Join ${invitation.organisation}`
  const words = <InvitationWords invitation={invitation} />

  if (member?.email === invitation.email) {
    return (
      <AccountCard title={title} description={words} footer={`You are signed in as ${member.email}.`}>
        <AcceptForm token={token} organisation={invitation.organisation} action={acceptAction} />
      </AccountCard>
    )
  }
  if (member) {
    return (
      <AccountCard title={title} description={words} footer={<Link href="/projects">Back to your projects</Link>}>
        <UseAnotherAccount token={token} invited={invitation.email} signedInAs={member.email} action={useAnotherAccountAction} />
      </AccountCard>
    )
  }
  return (
    <AccountCard title={title} description={words} footer="An account has one password for all its organisations.">
      {(invitation.mailed || !invitationsAreMailed()) && <JoinForm token={token} email={invitation.email} action={joinAction} />}
      <LogInFirst token={token} email={invitation.email} canJoin={invitation.mailed || !invitationsAreMailed()} action={logInFirstAction} />
    </AccountCard>
  )
}

function Gone() {
  return (
    <AccountCard
      title="This invitation counts no more"
      description="It was used, a newer one replaced it, it was withdrawn, or its seven days are over. Ask whoever invited you to send it again."
      footer={<Link href="/login">Log in</Link>}
    >
      {null}
    </AccountCard>
  )
}
