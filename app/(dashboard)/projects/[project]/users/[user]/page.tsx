import type { Metadata } from 'next'
import { listAuditEvents } from '#lib/management/audit-log/list.ts'
import { listGrants } from '#lib/management/grants/list.ts'
import { getUser } from '#lib/management/users/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { RecentEvents } from '../../../../../../components/audit-log/recent-events.tsx'
import { GrantSection } from '../../../../../../components/grants/grant-section.tsx'
import { BackLink } from '../../../../../../components/layout/back-link.tsx'
import { Page } from '../../../../../../components/layout/page.tsx'
import { ActButton } from '../../../../../../components/ui/act-button.tsx'
import { Notice } from '../../../../../../components/ui/notice.tsx'
import { RelativeTime } from '../../../../../../components/ui/relative-time.tsx'
import { AttributesCard } from '../../../../../../components/users/attributes-card.tsx'
import { calledBy } from '../../../../../../components/users/called-by.ts'
import { SessionsCard } from '../../../../../../components/users/sessions-card.tsx'
import { UserDangerCard } from '../../../../../../components/users/user-danger-card.tsx'
import { SignInWaysCard, UserDetailsCard } from '../../../../../../components/users/user-details.tsx'
import { UserStatusBadge } from '../../../../../../components/users/user-table.tsx'
import { found, hrefWith } from '../../../../../search-params.ts'
import { revokeGrantsAction } from '../../grants/actions.ts'
import {
  deleteUserAction,
  disableUserAction,
  enableUserAction,
  sendPasswordResetAction,
  setUserAttributesAction,
  signOutUserAction,
  updateUserAction,
  verifyUserEmailAction,
} from '../actions.ts'

export const metadata: Metadata = { title: 'User' }

export default async function UserPage({ params }: PageProps<'/projects/[project]/users/[user]'>) {
  const { project: slug, user: userId } = await params
  const ctx = await requireMember(slug)
  const [user, grants, log] = await Promise.all([
    found(getUser(ctx, { userId })),
    found(listGrants(ctx, { userId, take: 10 })),
    ctx.permissions.has('audit:read') ? listAuditEvents(ctx, { user: userId, take: 6 }) : null,
  ])
  const mayWrite = ctx.permissions.has('user:write')
  const logHref = hrefWith(`/projects/${slug}/audit-log`, { user: userId })
  const enable = enableUserAction.bind(null, slug, userId)
  const disable = disableUserAction.bind(null, slug, userId)

  return (
    <Page
      title={user.name ?? calledBy(user)}
      above={<BackLink href={`/projects/${slug}/users`}>Users</BackLink>}
      description={
        <span className="mt-1 flex flex-wrap gap-2">
          <UserStatusBadge user={user} />
        </span>
      }
      action={
        mayWrite &&
        user.disabledAt && (
          <ActButton
            done={`${calledBy(user)} is enabled`}
            undo={{ action: disable, done: `${calledBy(user)} is disabled` }}
            action={enable}
          >
            Enable user
          </ActButton>
        )
      }
    >
      {user.disabledAt && (
        <Notice tone="warn" title="This user is disabled">
          Since <RelativeTime at={user.disabledAt} />. Nobody can sign in with this account.
        </Notice>
      )}
      <div className="grid min-w-0 items-start gap-6 xl:grid-cols-2">
        <UserDetailsCard
          user={user}
          edit={mayWrite ? updateUserAction.bind(null, slug, userId) : null}
          verify={mayWrite && user.email && !user.emailVerifiedAt ? verifyUserEmailAction.bind(null, slug, userId) : null}
        />
        <SignInWaysCard user={user} reset={mayWrite && user.canResetPassword ? sendPasswordResetAction.bind(null, slug, userId) : null} />
      </div>
      <GrantSection
        project={slug}
        grants={grants.grants}
        show="client"
        total={user.grantCount}
        allHref={hrefWith(`/projects/${slug}/grants`, { user: userId })}
        empty="This user allows no client anything at the moment."
        revoke={ctx.permissions.has('grant:revoke') ? revokeGrantsAction.bind(null, slug) : null}
      />
      <SessionsCard user={user} signOut={mayWrite ? signOutUserAction.bind(null, slug, userId) : null} />
      <AttributesCard
        attributes={JSON.stringify(user.attributes, null, 2)}
        save={mayWrite ? setUserAttributesAction.bind(null, slug, userId) : null}
      />
      {log && <RecentEvents events={log.events} logHref={logHref} eventHref={({ id }) => `${logHref}&event=${id}`} />}
      {mayWrite && <UserDangerCard user={user} disable={disable} enable={enable} remove={deleteUserAction.bind(null, slug, userId)} />}
    </Page>
  )
}
