import { SearchX, Users } from 'lucide-react'
import type { Metadata } from 'next'
import { listUsersInput } from '#lib/management/users/inputs.ts'
import { listUsers } from '#lib/management/users/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { FirstCall } from '../../../../../components/layout/first-call.tsx'
import { type Choice, ListFilter } from '../../../../../components/layout/list-filter.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { Pager } from '../../../../../components/layout/pager.tsx'
import { AddUserDialog } from '../../../../../components/users/add-user-dialog.tsx'
import { UserTable } from '../../../../../components/users/user-table.tsx'
import { hiddenColumns } from '../../../../hidden-columns.ts'
import { found, hrefWith, one } from '../../../../search-params.ts'
import { changeUsersAction, createUserAction } from './actions.ts'

export const metadata: Metadata = { title: 'Users' }

const CHOICES: readonly Choice[] = [
  {
    ...{ name: 'status', label: 'Status', any: 'Any status' },
    options: [
      ['active', 'Active'],
      ['disabled', 'Disabled'],
    ],
  },
  {
    ...{ name: 'way', label: 'Way to sign in', any: 'Any way to sign in' },
    options: [
      ['password', 'With a password'],
      ['passkey', 'With a passkey'],
      ['provider', 'With an account elsewhere'],
    ],
  },
]

export default async function UsersPage({ params, searchParams }: PageProps<'/projects/[project]/users'>) {
  const ctx = await requireMember((await params).project)
  const given = await searchParams
  const filter = { query: one(given, 'query'), status: one(given, 'status'), way: one(given, 'way') }
  const [sort, cursor] = [one(given, 'sort'), one(given, 'cursor')]
  const input = listUsersInput.safeParse({ ...filter, sort, cursor })
  const { users, nextCursor } = input.success ? await found(listUsers(ctx, input.data)) : { users: [], nextCursor: null }
  const here = `/projects/${ctx.project.slug}/users`
  const isNarrowed = cursor !== undefined || Object.values(filter).some((value) => value !== undefined)
  const mayWrite = ctx.permissions.has('user:write')
  const add = mayWrite && <AddUserDialog action={createUserAction.bind(null, ctx.project.slug)} />

  return (
    <Page
      title="Users"
      description="The people who sign in to give clients access. Each project has a pool of its own."
      action={(users.length > 0 || isNarrowed) && add}
    >
      {(users.length > 0 || isNarrowed) && (
        <ListFilter action={here} search="Search by address, name or id" values={filter} choices={CHOICES} kept={{ sort }} />
      )}
      {users.length > 0 && (
        <UserTable
          project={ctx.project.slug}
          users={users}
          sort={input.data?.sort ?? ''}
          hidden={await hiddenColumns('users')}
          bulk={mayWrite ? changeUsersAction.bind(null, ctx.project.slug) : null}
        />
      )}
      {users.length === 0 && isNarrowed && (
        <EmptyState icon={SearchX} title="No user found">
          <p>{cursor ? 'This page is past the last user.' : 'Nobody in this pool fits what you look for.'}</p>
        </EmptyState>
      )}
      {users.length === 0 && !isNarrowed && (
        <EmptyState icon={Users} title="No user yet" action={add}>
          <p>
            People make their own account on the sign-in page the first time a client sends them there, unless you switch that off in the
            settings. You can also add them here.
          </p>
          {mayWrite && <FirstCall name="createUser" project={ctx.project.slug} />}
        </EmptyState>
      )}
      <Pager
        first={cursor ? hrefWith(here, { ...filter, sort }) : null}
        next={nextCursor ? hrefWith(here, { ...filter, sort, cursor: nextCursor }) : null}
      />
    </Page>
  )
}
