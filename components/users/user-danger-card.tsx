import type { ReactNode } from 'react'
import type { UserDetails } from '#lib/management/users/get.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { counted } from '../ui/counted.ts'
import type { FormAction } from '../ui/form-state.ts'
import { calledBy } from './called-by.ts'

type DangerProps = { user: UserDetails; disable: FormAction; enable: FormAction; remove: FormAction }

/** What takes somebody's account away: for a while, and for good. */
export function UserDangerCard({ user, disable, enable, remove }: DangerProps) {
  const called = calledBy(user)
  return (
    <Card className="border-bad/30">
      {user.disabledAt === null && (
        <Line title="Disable user" words="Signs them out everywhere, ends all their grants and refuses further sign-ins.">
          <ConfirmDialog
            trigger={<Button tone="danger-quiet">Disable user</Button>}
            title={`Disable ${called}?`}
            confirm="Disable user"
            done={`${called} is disabled`}
            undo={{ action: enable, done: `${called} is enabled` }}
            action={disable}
          >
            <p>
              <strong className="font-medium text-ink">{ending(user)}</strong> Refresh tokens end now; access tokens when they expire, or at
              once where your server introspects them.
            </p>
            <p>You can enable them again. What they allowed clients does not come back with it.</p>
          </ConfirmDialog>
        </Line>
      )}
      <Line title="Delete user" words="Removes the account and all that is kept of it. The audit log keeps the id, which names nobody.">
        <ConfirmDialog
          trigger={<Button tone="danger-quiet">Delete user</Button>}
          title={`Delete ${called}?`}
          confirm="Delete user"
          typed={called}
          done={`${called} is deleted`}
          action={remove}
        >
          <p>
            <strong className="font-medium text-ink">{ending(user)}</strong> Address, name, attributes, password,{' '}
            {counted(user.passkeyCount, 'passkey')} and {counted(user.identityCount, 'account elsewhere', 'accounts elsewhere')} go with it.
          </p>
          <p>This cannot be undone. Whoever signs up with this address again is another user to your server.</p>
        </ConfirmDialog>
      </Line>
    </Card>
  )
}

const ending = ({ grantCount, sessions }: UserDetails): string =>
  `${counted(sessions.length, 'session')} and ${counted(grantCount, 'grant')} end.`

function Line({ title, words, children }: { title: string; words: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-b px-5 py-4 last:border-b-0">
      <div className="grid gap-0.5">
        <h2 className="font-semibold text-[15px]">{title}</h2>
        <p className="text-[13px] text-ink-soft">{words}</p>
      </div>
      {children}
    </div>
  )
}
