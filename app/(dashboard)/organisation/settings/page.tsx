import type { Metadata } from 'next'
import { getOrganisation } from '#lib/management/organisations/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { Page } from '../../../../components/layout/page.tsx'
import { DeleteOrganisationCard } from '../../../../components/organisation/delete-organisation-card.tsx'
import { OrganisationNameCard } from '../../../../components/organisation/organisation-name-card.tsx'
import { SecondFactorCard } from '../../../../components/organisation/second-factor-card.tsx'
import { found } from '../../../search-params.ts'
import { deleteOrganisationAction, renameOrganisationAction, requireSecondFactorAction } from './actions.ts'

export const metadata: Metadata = { title: 'Organisation' }

export default async function OrganisationPage() {
  const ctx = await requireMember()
  const organisation = await found(getOrganisation(ctx))
  const mayWrite = ctx.permissions.has('organisation:write')
  return (
    <Page title="Organisation" description="What holds for all projects of this organisation." width="narrow">
      <OrganisationNameCard organisation={organisation} action={mayWrite ? renameOrganisationAction : null} />
      <SecondFactorCard
        organisation={organisation}
        action={mayWrite ? requireSecondFactorAction.bind(null, !organisation.requireSecondFactor) : null}
      />
      {ctx.permissions.has('organisation:delete') && (
        <DeleteOrganisationCard organisation={organisation} action={deleteOrganisationAction} />
      )}
    </Page>
  )
}
