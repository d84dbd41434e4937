import { currentOrganisation, requireMember } from '#lib/session/require-member.ts'
import { FollowOrganisation } from '../../../../components/organisation/follow-organisation.tsx'
import { TestBand } from '../../../../components/projects/test-band.tsx'
import { found } from '../../../search-params.ts'
import { followOrganisationAction } from '../../organisation/actions.ts'
import { currentEnvironment } from './environment.ts'

export default async function ProjectLayout({ params, children }: LayoutProps<'/projects/[project]'>) {
  const ctx = await requireMember((await params).project)
  const [chosen, environment] = await Promise.all([currentOrganisation(), found(currentEnvironment(ctx))])
  const { organisationId } = ctx.project
  return (
    <>
      {chosen?.organisation.id !== organisationId && <FollowOrganisation organisation={organisationId} follow={followOrganisationAction} />}
      <TestBand {...environment} />
      {children}
    </>
  )
}
