import type { UserDetails } from '#lib/management/users/get.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { counted } from '../ui/counted.ts'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { calledBy } from './called-by.ts'

/** `signOut`: null where the role may not. */
export function SessionsCard({ user, signOut }: { user: UserDetails; signOut: FormAction | null }) {
  const { sessions, grantCount } = user
  return (
    <Card>
      <CardHeader
        title="Sessions"
        description="Browsers in which they are signed in to this project’s own pages. What they allowed clients is under Grants."
        action={signOut && <SignOut called={calledBy(user)} sessions={sessions.length} grants={grantCount} signOut={signOut} />}
      />
      <CardBody>
        {sessions.length === 0 && <p className="text-[13px] text-ink-soft">Signed in nowhere at the moment.</p>}
        {sessions.length > 0 && (
          <ul className="grid text-[13px]">
            {sessions.map(({ authTime, createdAt, expiresAt }, i) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: sessions have no id that may be shown
                key={`${new Date(createdAt).getTime()} ${i}`}
                className="flex flex-wrap gap-x-2 border-b py-2 last:border-b-0"
              >
                <span>
                  Signed in <RelativeTime at={authTime} />
                </span>
                <span className="text-ink-soft">
                  ends <RelativeTime at={expiresAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  )
}

function SignOut({ called, sessions, grants, signOut }: { called: string; sessions: number; grants: number; signOut: FormAction }) {
  return (
    <ConfirmDialog
      trigger={
        <Button tone="secondary" size="sm">
          Sign out everywhere
        </Button>
      }
      title={`Sign ${called} out everywhere?`}
      confirm="Sign out everywhere"
      done={`${called} is signed out everywhere`}
      action={signOut}
    >
      <p>
        <strong className="font-medium text-ink">
          {counted(sessions, 'session')} and {counted(grants, 'grant')} end.
        </strong>{' '}
        Refresh tokens end now; access tokens when they expire, or at once where your server introspects them.
      </p>
      <p>They may sign in again at once, and have to allow their clients again.</p>
    </ConfirmDialog>
  )
}
