import { getProject } from '#lib/management/projects/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { GrantSettings } from '../../../../../../components/settings/grant-settings.tsx'
import { LifetimeSettings } from '../../../../../../components/settings/lifetime-settings.tsx'
import { ProtocolSettings } from '../../../../../../components/settings/protocol-settings.tsx'
import { TokenSettings } from '../../../../../../components/settings/token-settings.tsx'
import { saveGrantsAction, saveLifetimesAction, saveProtocolAction, saveTokensAction } from '../actions.ts'

export default async function ProtocolSettingsPage({ params }: PageProps<'/projects/[project]/settings/protocol'>) {
  const project = await getProject(await requireMember((await params).project))
  const { slug } = project
  return (
    <>
      <LifetimeSettings project={project} action={saveLifetimesAction.bind(null, slug)} />
      <TokenSettings project={project} action={saveTokensAction.bind(null, slug)} />
      <GrantSettings project={project} action={saveGrantsAction.bind(null, slug)} />
      <ProtocolSettings project={project} action={saveProtocolAction.bind(null, slug)} />
    </>
  )
}
