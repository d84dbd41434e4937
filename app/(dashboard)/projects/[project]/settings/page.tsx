import type { Metadata } from 'next'
import { getProject } from '#lib/management/projects/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { Page } from '../../../../../components/layout/page.tsx'
import { DocumentSettings } from '../../../../../components/settings/document-settings.tsx'
import { GeneralSettings } from '../../../../../components/settings/general-settings.tsx'
import { GrantSettings } from '../../../../../components/settings/grant-settings.tsx'
import { ProtocolSettings } from '../../../../../components/settings/protocol-settings.tsx'
import { RegistrationSettings } from '../../../../../components/settings/registration-settings.tsx'
import { SignInSettings } from '../../../../../components/settings/sign-in-settings.tsx'
import { TokenSettings } from '../../../../../components/settings/token-settings.tsx'
import {
  renameProjectAction,
  saveDocumentsAction,
  saveGrantsAction,
  saveProtocolAction,
  saveRegistrationAction,
  saveSignInAction,
  saveTokensAction,
} from './actions.ts'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage({ params }: PageProps<'/projects/[project]/settings'>) {
  const ctx = await requireMember((await params).project)
  const project = await getProject(ctx)
  const slug = project.slug
  return (
    <Page width="narrow" title="Settings" description="Changes reach every process within five seconds.">
      <GeneralSettings project={project} action={renameProjectAction.bind(null, slug)} />
      <RegistrationSettings project={project} action={saveRegistrationAction.bind(null, slug)} />
      <DocumentSettings project={project} action={saveDocumentsAction.bind(null, slug)} />
      <SignInSettings project={project} action={saveSignInAction.bind(null, slug)} />
      <TokenSettings project={project} action={saveTokensAction.bind(null, slug)} />
      <GrantSettings project={project} action={saveGrantsAction.bind(null, slug)} />
      <ProtocolSettings project={project} action={saveProtocolAction.bind(null, slug)} />
    </Page>
  )
}
