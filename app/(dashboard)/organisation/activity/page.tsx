import { Activity } from 'lucide-react'
import type { Metadata } from 'next'
import { listMembers } from '#lib/management/members/list.ts'
import { listActivity } from '#lib/management/organisations/activity.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EmptyState } from '../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../components/layout/page.tsx'
import { Pager } from '../../../../components/layout/pager.tsx'
import { ActivityFilter } from '../../../../components/organisation/activity-filter.tsx'
import { ActivityTable } from '../../../../components/organisation/activity-table.tsx'
import { found, hrefWith, one } from '../../../search-params.ts'

export const metadata: Metadata = { title: 'Activity' }

const HERE = '/organisation/activity'

export default async function ActivityPage({ searchParams }: PageProps<'/organisation/activity'>) {
  const ctx = await requireMember()
  const given = await searchParams
  const filter = { kind: one(given, 'kind'), member: one(given, 'member') }
  const cursor = one(given, 'cursor')
  const [{ events, nextCursor }, { members }] = await Promise.all([
    found(listActivity(ctx, { action: filter.kind, memberId: filter.member, cursor })),
    found(listMembers(ctx, { sort: 'name', take: 100 })),
  ])
  return (
    <Page
      title="Activity"
      description={`What happened to ${ctx.organisation.name} itself: people, invitations, API keys, rules. Each project has an audit log of its own.`}
    >
      <ActivityFilter action={HERE} filter={filter} people={members} />
      {events.length > 0 ? (
        <ActivityTable events={events} />
      ) : (
        <EmptyState icon={Activity} title={filter.kind || filter.member || cursor ? 'Nothing fits' : 'Nothing has happened yet'}>
          <p>Invitations, roles, API keys and refused attempts are written here the moment they happen, and nobody can change them.</p>
        </EmptyState>
      )}
      <Pager first={cursor ? hrefWith(HERE, filter) : null} next={nextCursor ? hrefWith(HERE, { ...filter, cursor: nextCursor }) : null} />
    </Page>
  )
}
