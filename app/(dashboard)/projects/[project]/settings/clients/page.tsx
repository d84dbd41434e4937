import { getProject } from '#lib/management/projects/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { DocumentSettings } from '../../../../../../components/settings/document-settings.tsx'
import { EntrancesCard } from '../../../../../../components/settings/entrances-card.tsx'
import { RegistrationSettings } from '../../../../../../components/settings/registration-settings.tsx'
import { saveDocumentsAction, saveRegistrationAction } from '../actions.ts'

export default async function ClientSettingsPage({ params }: PageProps<'/projects/[project]/settings/clients'>) {
  const project = await getProject(await requireMember((await params).project))
  const { slug } = project
  return (
    <>
      <EntrancesCard settings={project.settings} />
      <RegistrationSettings project={project} action={saveRegistrationAction.bind(null, slug)} />
      <DocumentSettings project={project} action={saveDocumentsAction.bind(null, slug)} />
    </>
  )
}
