import { getEnvironment } from '#lib/management/projects/twin.ts'
import { currentOrganisation, requireMember, requireSignedIn } from '#lib/session/require-member.ts'
import { FollowOrganisation } from '../../../../components/organisation/follow-organisation.tsx'
import { TestBand } from '../../../../components/projects/test-band.tsx'
import { found } from '../../../search-params.ts'
import { followOrganisationAction } from '../../organisation/actions.ts'

export default async function ProjectLayout({ params, children }: LayoutProps<'/projects/[project]'>) {
  const ctx = await requireMember((await params).project)
  const chosen = await currentOrganisation(await requireSignedIn())
  const { organisationId } = ctx.project
  return (
    <>
      {chosen?.organisation.id !== organisationId && <FollowOrganisation organisation={organisationId} follow={followOrganisationAction} />}
      <TestBand {...(await found(getEnvironment(ctx)))} />
      {children}
    </>
  )
}
