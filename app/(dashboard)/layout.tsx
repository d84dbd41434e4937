import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { projectChoices } from '#lib/management/projects/choices.ts'
import { waitingInvitation } from '#lib/session/invitation.ts'
import { currentOrganisation, ownOrganisations, requireSignedIn } from '#lib/session/require-member.ts'
import { Reauthentication } from '../../components/account/reauthentication.tsx'
import { Shell } from '../../components/layout/shell.tsx'
import { InvitationWaiting } from '../../components/organisation/invitation-waiting.tsx'
import { SecondFactorNeeded } from '../../components/organisation/second-factor-needed.tsx'
import { signOutAction } from '../(account)/actions.ts'
import { switchOrganisationAction } from './organisation/actions.ts'
import { proofPasskeyAction, proofWaysAction, proveAction } from './reauthentication.ts'
import { findHitsAction } from './search.ts'

export const metadata: Metadata = { robots: { index: false, follow: false } }

const REAUTHENTICATION = { ways: proofWaysAction, passkey: proofPasskeyAction, prove: proveAction }

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const member = await requireSignedIn()
  const [ctx, organisations, waiting, jar] = await Promise.all([currentOrganisation(), ownOrganisations(), waitingInvitation(), cookies()])
  const barred = organisations.some(({ id, barred }) => barred && id === ctx?.organisation.id)
  const projects = ctx && !barred ? await projectChoices(ctx) : []
  const theme = jar.get('theme')?.value
  return (
    <Reauthentication actions={REAUTHENTICATION}>
      <Shell
        organisation={ctx?.organisation.id ?? null}
        organisations={organisations}
        chooseOrganisation={switchOrganisationAction}
        projects={projects}
        account={{ name: member.name, email: member.email }}
        theme={theme === 'light' || theme === 'dark' ? theme : 'system'}
        signOut={signOutAction}
        find={findHitsAction}
        permissions={[...(ctx?.permissions ?? [])]}
      >
        {waiting && <InvitationWaiting organisation={waiting.organisation} />}
        {barred && <SecondFactorNeeded organisation={ctx?.organisation.name ?? ''} />}
        {children}
      </Shell>
    </Reauthentication>
  )
}
