import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { listGrants } from '#lib/management/grants/list.ts'
import { listUsers } from '#lib/management/users/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { GrantTable } from '../../../../../../components/grants/grant-table.tsx'
import { BackLink } from '../../../../../../components/layout/back-link.tsx'
import { Page } from '../../../../../../components/layout/page.tsx'
import { Pager } from '../../../../../../components/layout/pager.tsx'
import { Notice } from '../../../../../../components/ui/notice.tsx'
import { RelativeTime } from '../../../../../../components/ui/relative-time.tsx'
import { DisableUserCard, UserDetailsCard } from '../../../../../../components/users/user-details.tsx'
import { found, hrefWith, one } from '../../../../../search-params.ts'
import { revokeGrantAction } from '../../actions.ts'
import { disableUserAction } from '../actions.ts'

export const metadata: Metadata = { title: 'User' }

export default async function UserPage({ params, searchParams }: PageProps<'/projects/[project]/users/[user]'>) {
  const { project: slug, user: userId } = await params
  const ctx = await requireMember(slug)
  const cursor = one(await searchParams, 'cursor')
  const [{ users }, { grants, nextCursor }] = await Promise.all([
    found(listUsers(ctx, { query: userId })),
    found(listGrants(ctx, { userId, take: 25, ...(cursor ? { cursor } : {}) })),
  ])
  const user = users.find((user) => user.id === userId)
  if (!user) notFound()
  const here = `/projects/${slug}/users/${encodeURIComponent(userId)}`

  return (
    <Page title={user.name ?? user.email ?? user.id} above={<BackLink href={`/projects/${slug}/users`}>Users</BackLink>}>
      {user.disabledAt && (
        <Notice tone="warn" title="This user is disabled">
          Since <RelativeTime at={user.disabledAt} />. Nobody can sign in with this account.
        </Notice>
      )}
      <UserDetailsCard user={user} auditHref={hrefWith(`/projects/${slug}/audit-log`, { user: user.id })} />
      <section className="grid min-w-0 gap-3">
        <h2 className="font-semibold text-[15px]">Grants</h2>
        {grants.length > 0 ? (
          <GrantTable project={slug} grants={grants} show="client" revoke={(grantId) => revokeGrantAction.bind(null, slug, grantId)} />
        ) : (
          <p className="text-ink-soft">This user allows no client anything at the moment.</p>
        )}
        <Pager first={cursor ? here : null} next={nextCursor ? hrefWith(here, { cursor: nextCursor }) : null} />
      </section>
      {!user.disabledAt && <DisableUserCard user={user} disable={disableUserAction.bind(null, slug, userId)} />}
    </Page>
  )
}
