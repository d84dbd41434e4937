import type { UserDetails } from '#lib/management/users/get.ts'
import { ActButton } from '../ui/act-button.tsx'
import { Badge } from '../ui/badge.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { Facts } from '../ui/facts.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { EditUserDialog } from './edit-user-dialog.tsx'

type UserDetailsProps = { user: UserDetails; verify: FormAction | null; edit: FormAction | null }

/** `verify` and `edit`: null where it cannot be or the role may not. */
export function UserDetailsCard({ user, verify, edit }: UserDetailsProps) {
  const none = <span className="text-ink-faint">None</span>
  return (
    <Card>
      <CardHeader title="Details" action={edit && <EditUserDialog user={{ name: user.name, email: user.email }} action={edit} />} />
      <CardBody>
        <Facts
          facts={[
            ['E-mail', user.email ?? none],
            [
              'Address verified',
              <span key="verified" className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <RelativeTime at={user.emailVerifiedAt} never="No" />
                {verify && (
                  <ActButton size="sm" done="Address marked as verified" action={verify}>
                    Mark as verified
                  </ActButton>
                )}
              </span>,
            ],
            ['Name', user.name ?? none],
            ['Id (sub)', <Copyable key="id" label="user id" value={user.id} />],
            ['Last sign-in', <RelativeTime key="last" at={user.lastSignInAt} />],
            ['Created', <RelativeTime key="created" at={user.createdAt} />],
          ]}
        />
      </CardBody>
    </Card>
  )
}

/** `reset`: null where no mail can be sent or the role may not. */
export function SignInWaysCard({ user, reset }: { user: UserDetails; reset: FormAction | null }) {
  return (
    <Card>
      <CardHeader
        title="Ways to sign in"
        action={
          reset && (
            <ActButton size="sm" done={`Mail sent to ${user.email}`} action={reset}>
              Send password reset
            </ActButton>
          )
        }
      />
      <CardBody>
        <Facts
          facts={[
            ['Password', user.hasPassword ? 'Set' : 'None'],
            ['Passkeys', <Passkeys key="passkeys" user={user} />],
            ['Accounts elsewhere', <Identities key="identities" user={user} />],
          ]}
        />
      </CardBody>
    </Card>
  )
}

function Passkeys({ user: { passkeys } }: { user: UserDetails }) {
  if (passkeys.length === 0) return <span className="text-ink-faint">None</span>
  return (
    <ul className="grid gap-1.5">
      {passkeys.map((passkey) => (
        <li key={`${passkey.name} ${new Date(passkey.createdAt).getTime()}`} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{passkey.name}</span>
          <Badge>{passkey.backedUp ? 'Synced' : 'One device'}</Badge>
          <span className="text-ink-soft">
            last used <RelativeTime at={passkey.lastUsedAt} never="never" />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Identities({ user: { identities } }: { user: UserDetails }) {
  if (identities.length === 0) return <span className="text-ink-faint">None</span>
  return (
    <ul className="grid gap-1.5">
      {identities.map(({ issuer, subject, createdAt }) => (
        <li key={`${issuer} ${subject}`}>
          <span className="font-medium">{issuer}</span> <span className="text-ink-soft">as</span>{' '}
          <code className="font-mono text-[12.5px]">{subject}</code>{' '}
          <span className="text-ink-soft">
            since <RelativeTime at={createdAt} />
          </span>
        </li>
      ))}
    </ul>
  )
}
