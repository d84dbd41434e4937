import type { Metadata } from 'next'
import { getProject } from '#lib/management/projects/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { Page } from '../../../../../components/layout/page.tsx'
import {
  GeneralSettings,
  ProtocolSettings,
  RegistrationSettings,
  SignInSettings,
  TokenSettings,
} from '../../../../../components/settings/project-settings.tsx'
import { renameProjectAction, saveProtocolAction, saveRegistrationAction, saveSignInAction, saveTokensAction } from './actions.ts'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage({ params }: PageProps<'/projects/[project]/settings'>) {
  const ctx = await requireMember((await params).project)
  const project = await getProject(ctx)
  const slug = project.slug
  return (
    <Page width="narrow" title="Settings" description="Changes reach every process within five seconds.">
      <GeneralSettings project={project} action={renameProjectAction.bind(null, slug)} />
      <RegistrationSettings project={project} action={saveRegistrationAction.bind(null, slug)} />
      <SignInSettings project={project} action={saveSignInAction.bind(null, slug)} />
      <TokenSettings project={project} action={saveTokensAction.bind(null, slug)} />
      <ProtocolSettings project={project} action={saveProtocolAction.bind(null, slug)} />
    </Page>
  )
}
