'use client'

import { Fingerprint, Globe, KeyRound } from 'lucide-react'
import Link from 'next/link'
import type { ListedUser } from '#lib/management/users/list.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { CopyableText } from '../ui/copyable.tsx'
import { counted } from '../ui/counted.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { calledBy } from './called-by.ts'

type Act = 'disable' | 'enable'
/** A server action that is told which act it is and whom it is for. */
type BulkAction = (act: Act, userIds: string[], ...form: Parameters<FormAction>) => ReturnType<FormAction>

type UserTableProps = {
  project: string
  users: readonly ListedUser[]
  sort: string
  hidden: readonly string[]
  /** Null: the role reads only. */
  bulk: BulkAction | null
}

const columnsOf = (project: string): readonly Column<ListedUser>[] => [
  {
    id: 'email',
    header: 'User',
    fixed: true,
    sort: 'email',
    className: 'min-w-44 max-w-64',
    cell: (user) => (
      <Link
        href={`/projects/${project}/users/${encodeURIComponent(user.id)}`}
        className="block w-fit max-w-full truncate rounded font-medium hover:underline"
      >
        {calledBy(user)}
      </Link>
    ),
  },
  { id: 'name', header: 'Name', sort: 'name', className: 'max-w-48 truncate text-ink-soft', cell: ({ name }) => name },
  { id: 'id', header: 'Id (sub)', className: 'max-w-44 text-ink-soft', cell: ({ id }) => <CopyableText label="user id" value={id} /> },
  { id: 'status', header: 'Status', cell: (user) => <UserStatusBadge user={user} /> },
  { id: 'ways', header: 'Signs in with', cell: (user) => <Ways user={user} /> },
  { id: 'grants', header: 'Grants', align: 'right', cell: ({ grantCount }) => grantCount.toLocaleString('en') },
  {
    ...{ id: 'lastSignIn', header: 'Last sign-in', sort: 'lastSignInAt', descendingFirst: true, className: 'text-ink-soft' },
    cell: ({ lastSignInAt }) => <RelativeTime at={lastSignInAt} />,
  },
  {
    ...{ id: 'created', header: 'Created', sort: 'createdAt', descendingFirst: true, className: 'text-ink-soft' },
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
]

export function UserTable({ project, users, sort, hidden, bulk }: UserTableProps) {
  return (
    <DataTable<ListedUser>
      nouns={['user', 'users']}
      name="users"
      rows={users}
      rowId={({ id }) => id}
      rowName={calledBy}
      columns={columnsOf(project)}
      sort={sort}
      hidden={hidden}
      {...(bulk ? { bulk: (chosen, clear) => <Bulk chosen={chosen} clear={clear} act={bulk} /> } : {})}
    />
  )
}

export const UserStatusBadge = ({ user }: { user: Pick<ListedUser, 'disabledAt'> }) =>
  user.disabledAt ? (
    <Badge dot tone="bad">
      Disabled
    </Badge>
  ) : (
    <Badge dot tone="good">
      Active
    </Badge>
  )

function Ways({ user }: { user: ListedUser }) {
  const ways = [
    { has: user.hasPassword, icon: KeyRound, words: 'Password' },
    { has: user.passkeyCount > 0, icon: Fingerprint, words: counted(user.passkeyCount, 'passkey') },
    { has: user.identityCount > 0, icon: Globe, words: counted(user.identityCount, 'account elsewhere', 'accounts elsewhere') },
  ].filter(({ has }) => has)
  if (ways.length === 0) return <span className="whitespace-nowrap text-ink-faint">E-mail code only</span>
  return (
    <ul className="flex gap-2">
      {ways.map(({ icon: Icon, words }) => (
        <li key={words} title={words} className="text-ink-soft">
          <Icon aria-hidden className="size-4" />
          <span className="sr-only">{words}</span>
        </li>
      ))}
    </ul>
  )
}

function Bulk({ chosen, clear, act }: { chosen: readonly ListedUser[]; clear: () => void; act: BulkAction }) {
  const active = chosen.filter(({ disabledAt }) => disabledAt === null)
  const disabled = chosen.filter(({ disabledAt }) => disabledAt !== null)
  const grants = active.reduce((sum, { grantCount }) => sum + grantCount, 0)
  const ids = (of: readonly ListedUser[]) => of.map(({ id }) => id)
  const run =
    (kind: Act, of: readonly ListedUser[]): FormAction =>
    async (state, form) => {
      const answer = await act(kind, ids(of), state, form)
      if (answer.kind === 'done') clear()
      return answer
    }
  return (
    <>
      {active.length > 0 && (
        <ConfirmDialog
          trigger={
            <Button tone="danger-quiet" size="sm">
              Disable {active.length}
            </Button>
          }
          title={`Disable ${counted(active.length, 'user')}?`}
          confirm={`Disable ${counted(active.length, 'user')}`}
          done={`${counted(active.length, 'user')} disabled`}
          undo={{ action: act.bind(null, 'enable', ids(active)), done: `${counted(active.length, 'user')} enabled` }}
          action={run('disable', active)}
        >
          <p>
            <strong className="font-medium text-ink">{counted(grants, 'grant')} end.</strong> They are signed out everywhere and cannot sign
            in until you enable them again; what they allowed clients does not come back with it.
          </p>
        </ConfirmDialog>
      )}
      {disabled.length > 0 && (
        <ConfirmDialog
          trigger={
            <Button tone="secondary" size="sm">
              Enable {disabled.length}
            </Button>
          }
          title={`Enable ${counted(disabled.length, 'user')}?`}
          confirm={`Enable ${counted(disabled.length, 'user')}`}
          danger={false}
          done={`${counted(disabled.length, 'user')} enabled`}
          action={run('enable', disabled)}
        >
          <p>They can sign in again, and have to allow their clients again.</p>
        </ConfirmDialog>
      )}
    </>
  )
}
