import { getProject } from '#lib/management/projects/get.ts'
import { listUpstreamProviders } from '#lib/management/upstream-providers/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { ClaimSettings } from '../../../../../../components/settings/claim-settings.tsx'
import { HandoffSettings } from '../../../../../../components/settings/handoff-settings.tsx'
import { ProvidersCard } from '../../../../../../components/settings/providers-card.tsx'
import { ReviewerCard } from '../../../../../../components/settings/reviewer-card.tsx'
import { SignInSettings } from '../../../../../../components/settings/sign-in-settings.tsx'
import { clearReviewerAction, saveClaimsAction, saveHandoffAction, saveSignInAction, setReviewerAction } from '../actions.ts'
import { addProviderAction, editProviderAction, removeProviderAction, testProviderAction } from '../provider-actions.ts'

export default async function SignInSettingsPage({ params }: PageProps<'/projects/[project]/settings/sign-in'>) {
  const ctx = await requireMember((await params).project)
  const [project, providers] = await Promise.all([getProject(ctx), listUpstreamProviders(ctx)])
  const { slug } = project
  return (
    <>
      <SignInSettings project={project} action={saveSignInAction.bind(null, slug)} />
      <ProvidersCard
        list={providers}
        add={addProviderAction.bind(null, slug)}
        edit={(id) => editProviderAction.bind(null, slug, id)}
        remove={(id) => removeProviderAction.bind(null, slug, id)}
        test={(id) => testProviderAction.bind(null, slug, id)}
      />
      <HandoffSettings project={project} action={saveHandoffAction.bind(null, slug)} />
      <ClaimSettings project={project} action={saveClaimsAction.bind(null, slug)} />
      <ReviewerCard project={project} set={setReviewerAction.bind(null, slug)} clear={clearReviewerAction.bind(null, slug)} />
    </>
  )
}
