import { SearchX, Users } from 'lucide-react'
import type { Metadata } from 'next'
import { listUsers } from '#lib/management/users/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { Pager } from '../../../../../components/layout/pager.tsx'
import { SearchForm } from '../../../../../components/layout/search-form.tsx'
import { AddUserDialog } from '../../../../../components/users/add-user-dialog.tsx'
import { UserTable } from '../../../../../components/users/user-table.tsx'
import { found, hrefWith, one } from '../../../../search-params.ts'
import { createUserAction } from './actions.ts'

export const metadata: Metadata = { title: 'Users' }

export default async function UsersPage({ params, searchParams }: PageProps<'/projects/[project]/users'>) {
  const ctx = await requireMember((await params).project)
  const query = one(await searchParams, 'query')
  const cursor = one(await searchParams, 'cursor')
  const { users, nextCursor } = await found(listUsers(ctx, { ...(query ? { query } : {}), ...(cursor ? { cursor } : {}) }))
  const here = `/projects/${ctx.project.slug}/users`
  const add = <AddUserDialog action={createUserAction.bind(null, ctx.project.slug)} />

  return (
    <Page title="Users" description="The people who sign in to give clients access. Each project has a pool of its own." action={add}>
      {(users.length > 0 || query || cursor) && <SearchForm action={here} label="Search by address, name or id" query={query ?? ''} />}
      {users.length > 0 && <UserTable project={ctx.project.slug} users={users} />}
      {users.length === 0 && (query || cursor) && (
        <EmptyState icon={SearchX} title="No user found">
          <p>{query ? `Nobody in this pool has “${query}” in the address or name, or as an id.` : 'This page is past the last user.'}</p>
        </EmptyState>
      )}
      {users.length === 0 && !query && !cursor && (
        <EmptyState icon={Users} title="No user yet">
          <p>
            People make their own account on the sign-in page the first time a client sends them there, unless you switch that off in the
            settings. You can also add them here.
          </p>
        </EmptyState>
      )}
      <Pager first={cursor ? hrefWith(here, { query }) : null} next={nextCursor ? hrefWith(here, { query, cursor: nextCursor }) : null} />
    </Page>
  )
}
