'use client'

import Link from 'next/link'
import type { ListedGrant } from '#lib/management/grants/list.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { QuietCopy } from '../ui/copyable.tsx'
import { counted } from '../ui/counted.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'

/** A server action that is told which grants. */
export type RevokeGrants = (grantIds: string[], ...form: Parameters<FormAction>) => ReturnType<FormAction>

type GrantTableProps = {
  project: string
  grants: readonly ListedGrant[]
  /** Which side is not already clear from the page. */
  show: 'client' | 'user' | 'both'
  /** Revoked ones may be among them. */
  mixed?: boolean
  /** The order, on a page that has one. */
  sort?: string
  hidden: readonly string[]
  /** Null: the role reads only. */
  revoke: RevokeGrants | null
}

export function GrantTable({ project, grants, show, mixed = false, sort, hidden, revoke }: GrantTableProps) {
  return (
    <DataTable<ListedGrant>
      nouns={['grant', 'grants']}
      name="grants"
      rows={grants}
      rowId={({ id }) => id}
      rowName={(grant) => `grant of ${nameOf(grant, show)}`}
      columns={columnsOf({ project, show, mixed, sortable: sort !== undefined, revoke })}
      hidden={hidden}
      {...(sort === undefined ? {} : { sort })}
      {...(revoke ? { bulk: (chosen, clear) => <Bulk chosen={chosen} clear={clear} revoke={revoke} /> } : {})}
    />
  )
}

const REASONS: Readonly<Record<string, string>> = {
  member: 'By a member',
  user: 'By the user',
  client_revoked: 'Its client was deleted',
  code_replayed: 'A code came back',
  refresh_reused: 'An old refresh token came back',
  token_revoked: 'By the client',
}

const STATUS: Column<ListedGrant> = {
  id: 'status',
  header: 'Status',
  cell: ({ revokedAt, revokedReason }) => (
    <span title={revokedReason === null ? undefined : (REASONS[revokedReason] ?? revokedReason)}>
      <Badge dot tone={revokedAt ? 'bad' : 'good'}>
        {revokedAt ? 'Revoked' : 'Active'}
      </Badge>
    </span>
  ),
}

type Shown = Pick<Required<GrantTableProps>, 'project' | 'show' | 'mixed' | 'revoke'> & { readonly sortable: boolean }

function columnsOf({ project, show, mixed, sortable, revoke }: Shown): readonly Column<ListedGrant>[] {
  const side = (id: 'user' | 'client', header: string): Column<ListedGrant> => ({
    id,
    header,
    className: 'min-w-32 max-w-52',
    ...(show === id || id === 'user' ? { fixed: true } : {}),
    cell: (grant) => (
      <Link href={hrefOf(project, grant, id)} className="block w-fit max-w-full truncate rounded font-medium hover:underline">
        {nameOf(grant, id)}
      </Link>
    ),
  })
  return [
    ...(show === 'client' ? [] : [side('user', 'User')]),
    ...(show === 'user' ? [] : [side('client', 'Client')]),
    ...(mixed ? [STATUS] : []),
    { id: 'scopes', header: 'Scopes', className: 'min-w-28 max-w-60 font-mono text-[12.5px]', cell: ({ scope }) => scope },
    {
      id: 'resources',
      header: 'For',
      className: 'max-w-44 text-ink-soft',
      cell: ({ resources }) => (
        <span className="block truncate" title={resources.join('\n')}>
          {resources.join(', ')}
        </span>
      ),
    },
    { id: 'lastUsed', header: 'Last used', className: 'text-ink-soft', cell: ({ lastUsedAt }) => <RelativeTime at={lastUsedAt} /> },
    {
      ...{ id: 'created', header: 'Allowed', className: 'text-ink-soft' },
      ...(sortable ? { sort: 'createdAt', descendingFirst: true as const } : {}),
      cell: (grant) => (
        <span className="flex items-center gap-1">
          <RelativeTime at={grant.createdAt} />
          <QuietCopy label={`id of the grant of ${nameOf(grant, show)}`} value={grant.id} />
        </span>
      ),
    },
    ...(revoke ? [revokeColumn(show, revoke)] : []),
  ]
}

const revokeColumn = (show: GrantTableProps['show'], revoke: RevokeGrants): Column<ListedGrant> => ({
  ...{ id: 'revoke', header: 'Revoke', align: 'right', fixed: true },
  cell: (grant) =>
    grant.revokedAt === null && (
      <ConfirmDialog
        trigger={
          <Button tone="ghost" size="sm" aria-label={`Revoke grant of ${nameOf(grant, show)}`}>
            Revoke
          </Button>
        }
        title="Revoke this grant?"
        confirm="Revoke grant"
        done="Grant revoked"
        action={revoke.bind(null, [grant.id])}
      >
        <p>
          <strong className="font-medium text-ink">{grant.clientName ?? grant.clientId}</strong> loses its access for{' '}
          <strong className="font-medium text-ink">{grant.userEmail ?? grant.userId}</strong>. Its refresh tokens end now; an access token
          it holds works until it expires, unless your server introspects tokens.
        </p>
        <p>This cannot be undone, but the client can ask again.</p>
      </ConfirmDialog>
    ),
})

/** So many at once are asked about twice. */
const MANY = 5

function Bulk({ chosen, clear, revoke }: { chosen: readonly ListedGrant[]; clear: () => void; revoke: RevokeGrants }) {
  const living = chosen.filter(({ revokedAt }) => revokedAt === null)
  const users = new Set(living.map(({ userId }) => userId)).size
  const clients = new Set(living.map(({ clientId }) => clientId)).size
  if (living.length === 0) return <span>All of them are revoked already</span>
  return (
    <ConfirmDialog
      trigger={
        <Button tone="danger-quiet" size="sm">
          Revoke {living.length}
        </Button>
      }
      title={`Revoke ${counted(living.length, 'grant')}?`}
      confirm={`Revoke ${counted(living.length, 'grant')}`}
      {...(living.length > MANY ? { typed: String(living.length) } : {})}
      done={`${counted(living.length, 'grant')} revoked`}
      action={async (state, form) => {
        const answer = await revoke(
          living.map(({ id }) => id),
          state,
          form,
        )
        if (answer.kind === 'done') clear()
        return answer
      }}
    >
      <p>
        <strong className="font-medium text-ink">
          {counted(users, 'user')} {users === 1 ? 'loses' : 'lose'} {counted(clients, 'client')}.
        </strong>{' '}
        Refresh tokens end now; access tokens when they expire, or at once where your server introspects them.
      </p>
      <p>This cannot be undone, but the clients can ask again.</p>
    </ConfirmDialog>
  )
}

const nameOf = (grant: ListedGrant, show: GrantTableProps['show']): string => {
  if (show === 'both') return `${nameOf(grant, 'user')} for ${nameOf(grant, 'client')}`
  return show === 'user' ? (grant.userEmail ?? grant.userId) : (grant.clientName ?? grant.clientId)
}

const hrefOf = (project: string, grant: ListedGrant, show: 'client' | 'user'): string =>
  show === 'user'
    ? `/projects/${project}/users/${encodeURIComponent(grant.userId)}`
    : `/projects/${project}/clients/${encodeURIComponent(grant.clientId)}`
