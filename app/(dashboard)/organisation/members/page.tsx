import { SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { permissionsOf, ROLES } from '#lib/management/context.ts'
import { listInvitations } from '#lib/management/invitations/list.ts'
import { listMembersInput } from '#lib/management/members/inputs.ts'
import { listMembers } from '#lib/management/members/list.ts'
import { getOrganisation } from '#lib/management/organisations/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EmptyState } from '../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../components/layout/page.tsx'
import { Pager } from '../../../../components/layout/pager.tsx'
import { SearchForm } from '../../../../components/layout/search-form.tsx'
import { InvitationTable } from '../../../../components/organisation/invitation-table.tsx'
import { InviteDialog } from '../../../../components/organisation/invite-dialog.tsx'
import { LeaveCard } from '../../../../components/organisation/leave-card.tsx'
import { MemberTable } from '../../../../components/organisation/member-table.tsx'
import { hiddenColumns } from '../../../hidden-columns.ts'
import { found, hrefWith, one } from '../../../search-params.ts'
import {
  changeRoleAction,
  inviteAction,
  leaveAction,
  removeMemberAction,
  resendInvitationAction,
  revokeInvitationAction,
} from './actions.ts'

export const metadata: Metadata = { title: 'Members' }

const HERE = '/organisation/members'

export default async function MembersPage({ searchParams }: PageProps<'/organisation/members'>) {
  const ctx = await requireMember()
  const given = await searchParams
  const [query, cursor] = [one(given, 'query'), one(given, 'cursor')]
  const sort = listMembersInput.shape.sort.catch('joinedAt').parse(one(given, 'sort'))
  const [{ members, nextCursor }, { invitations }, organisation, hidden] = await Promise.all([
    found(listMembers(ctx, { query, sort, cursor })),
    found(listInvitations(ctx, { take: 100 })),
    found(getOrganisation(ctx)),
    hiddenColumns('members'),
  ])
  const mayWrite = ctx.permissions.has('member:write')
  const governs = ROLES.filter((role) => mayWrite && [...permissionsOf(role)].every((permission) => ctx.permissions.has(permission)))
  const isOwner = ctx.permissions.has('project:delete')

  return (
    <Page
      title="Members"
      description={`The people of ${organisation.name}, and what each may do.`}
      action={mayWrite && <InviteDialog roles={governs} mails={organisation.mails} action={inviteAction} />}
    >
      {(organisation.memberCount > 5 || query) && <SearchForm action={HERE} label="Search by name or e-mail" query={query ?? ''} />}
      {members.length > 0 ? (
        <MemberTable
          {...{ members, sort, hidden, governs }}
          self={ctx.actor.id}
          organisation={organisation.name}
          changeRole={changeRoleAction}
          remove={removeMemberAction}
        />
      ) : (
        <EmptyState icon={SearchX} title="Nobody found">
          <p>{query ? `No member has “${query}” in their name or address.` : 'This page is past the last member.'}</p>
        </EmptyState>
      )}
      <Pager
        first={cursor ? hrefWith(HERE, { query, sort }) : null}
        next={nextCursor ? hrefWith(HERE, { query, sort, cursor: nextCursor }) : null}
      />
      {invitations.length > 0 && (
        <section className="grid min-w-0 gap-3">
          <h2 className="font-semibold text-[15px]">Open invitations</h2>
          <InvitationTable {...{ invitations, governs }} resend={resendInvitationAction} revoke={revokeInvitationAction} />
        </section>
      )}
      <LeaveCard organisation={organisation.name} onlyOwner={isOwner && organisation.ownerCount === 1} action={leaveAction} />
    </Page>
  )
}
