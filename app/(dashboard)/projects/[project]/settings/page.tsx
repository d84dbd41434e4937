import { getProject } from '#lib/management/projects/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { BrandSettings } from '../../../../../components/settings/brand-settings.tsx'
import { GeneralSettings } from '../../../../../components/settings/general-settings.tsx'
import { LogoCard } from '../../../../../components/settings/logo-card.tsx'
import { RetentionSettings } from '../../../../../components/settings/retention-settings.tsx'
import { removeLogoAction, renameProjectAction, saveBrandAction, saveRetentionAction } from './actions.ts'

export default async function GeneralSettingsPage({ params }: PageProps<'/projects/[project]/settings'>) {
  const project = await getProject(await requireMember((await params).project))
  const { slug } = project
  return (
    <>
      <GeneralSettings project={project} action={renameProjectAction.bind(null, slug)} />
      <BrandSettings project={project} action={saveBrandAction.bind(null, slug)} />
      <LogoCard project={project} remove={removeLogoAction.bind(null, slug)} />
      <RetentionSettings project={project} action={saveRetentionAction.bind(null, slug)} />
    </>
  )
}
