import Link from 'next/link'
import type { ListedUser } from '#lib/management/users/list.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { Facts } from '../ui/facts.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'

export function UserDetailsCard({ user, auditHref }: { user: ListedUser; auditHref: string }) {
  return (
    <Card>
      <CardHeader
        title="Details"
        action={
          <Button asChild tone="secondary" size="sm">
            <Link href={auditHref}>Show in audit log</Link>
          </Button>
        }
      />
      <CardBody>
        <Facts
          facts={[
            [
              'E-mail',
              user.email ?? (
                <span key="email" className="text-ink-faint">
                  None
                </span>
              ),
            ],
            ['Address verified', <RelativeTime key="verified" at={user.emailVerifiedAt} never="No" />],
            ['Name', user.name ?? <span className="text-ink-faint">None</span>],
            ['Id (sub)', <Copyable key="id" label="user id" value={user.id} />],
            ['Passkeys', user.passkeyCount || <span className="text-ink-faint">None</span>],
            ['Last sign-in', <RelativeTime key="last" at={user.lastSignInAt} />],
            ['Created', <RelativeTime key="created" at={user.createdAt} />],
          ]}
        />
      </CardBody>
    </Card>
  )
}

export function DisableUserCard({ user, disable }: { user: ListedUser; disable: FormAction }) {
  const called = user.email ?? user.name ?? user.id
  return (
    <Card className="border-bad/30">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
        <div className="grid gap-0.5">
          <h2 className="font-semibold text-[15px]">Disable user</h2>
          <p className="text-[13px] text-ink-soft">Signs them out everywhere, ends all their grants and refuses further sign-ins.</p>
        </div>
        <ConfirmDialog
          trigger={<Button tone="danger-quiet">Disable user</Button>}
          title={`Disable ${called}?`}
          confirm="Disable user"
          typed={called}
          done={`${called} is disabled`}
          action={disable}
        >
          <p>
            <strong className="font-medium text-ink">{user.grantCount === 1 ? '1 grant ends.' : `${user.grantCount} grants end.`}</strong>{' '}
            Refresh tokens end now; access tokens end when they expire, or at once where your server introspects them.
          </p>
        </ConfirmDialog>
      </div>
    </Card>
  )
}
