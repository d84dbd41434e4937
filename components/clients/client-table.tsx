'use client'

import Link from 'next/link'
import type { ListedClient } from '#lib/management/clients/list.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { CopyableText } from '../ui/copyable.tsx'
import { counted } from '../ui/counted.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { ClientStatusBadge, METHODS, ORIGINS, redirectHosts, VerifiedBadge } from './client-badges.tsx'

type ClientTableProps = {
  project: string
  clients: readonly ListedClient[]
  sort: string
  hidden: readonly string[]
  /** Null: the role reads only. */
  bulk: BulkAction | null
}

type Act = 'block' | 'unblock' | 'delete'
/** A server action that is told which act it is and whom it is for. */
type BulkAction = (act: Act, clientIds: string[], ...form: Parameters<FormAction>) => ReturnType<FormAction>

const columnsOf = (project: string): readonly Column<ListedClient>[] => [
  {
    id: 'name',
    header: 'Client',
    fixed: true,
    sort: 'name',
    className: 'min-w-44 max-w-64',
    cell: (client) => (
      <div className="grid min-w-0">
        <Link
          href={`/projects/${project}/clients/${encodeURIComponent(client.clientId)}`}
          className="w-fit max-w-full truncate rounded font-medium hover:underline"
        >
          {client.name}
        </Link>
        <span className="flex min-w-0 text-ink-faint">
          <CopyableText label="client id" value={client.clientId} />
        </span>
      </div>
    ),
  },
  { id: 'status', header: 'Status', cell: ({ status }) => <ClientStatusBadge status={status} /> },
  {
    id: 'source',
    header: 'Source',
    cell: (client) => (
      <div className="grid gap-0.5">
        <VerifiedBadge source={client.source} />
        <span className="whitespace-nowrap text-ink-faint text-xs">{ORIGINS[client.origin]}</span>
      </div>
    ),
  },
  {
    id: 'authentication',
    header: 'Authentication',
    className: 'whitespace-nowrap text-ink-soft',
    cell: (client) => METHODS[client.tokenEndpointAuthMethod],
  },
  { id: 'host', header: 'Returns to', className: 'max-w-44', cell: ({ redirectUris }) => <RedirectHosts uris={redirectUris} /> },
  { id: 'grants', header: 'Grants', align: 'right', cell: ({ grantCount }) => grantCount.toLocaleString('en') },
  {
    ...{ id: 'lastUsed', header: 'Last used', sort: 'lastUsedAt', descendingFirst: true, className: 'text-ink-soft' },
    cell: ({ lastUsedAt }) => <RelativeTime at={lastUsedAt} />,
  },
  {
    ...{ id: 'created', header: 'Created', sort: 'createdAt', descendingFirst: true, className: 'text-ink-soft' },
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
]

export function ClientTable({ project, clients, sort, hidden, bulk }: ClientTableProps) {
  return (
    <DataTable<ListedClient>
      nouns={['client', 'clients']}
      name="clients"
      rows={clients}
      rowId={({ clientId }) => clientId}
      rowName={({ name }) => name}
      columns={columnsOf(project)}
      sort={sort}
      hidden={hidden}
      {...(bulk ? { bulk: (chosen, clear) => <Bulk chosen={chosen} clear={clear} act={bulk} /> } : {})}
    />
  )
}

function Bulk({ chosen, clear, act }: { chosen: readonly ListedClient[]; clear: () => void; act: BulkAction }) {
  const blockable = chosen.filter(({ status }) => status === 'active' || status === 'unused')
  const blocked = chosen.filter(({ status }) => status === 'blocked')
  const living = chosen.filter(({ status }) => status !== 'deleted')
  const grants = living.reduce((sum, { grantCount }) => sum + grantCount, 0)
  const ids = (of: readonly ListedClient[]) => of.map(({ clientId }) => clientId)
  const run =
    (kind: Act, of: readonly ListedClient[]): FormAction =>
    async (state, form) => {
      const answer = await act(kind, ids(of), state, form)
      if (answer.kind === 'done') clear()
      return answer
    }
  if (living.length === 0) return <span>All of them are deleted already</span>
  return (
    <>
      {blockable.length > 0 && (
        <ConfirmDialog
          trigger={
            <Button tone="secondary" size="sm">
              Block {blockable.length}
            </Button>
          }
          title={`Block ${counted(blockable.length, 'client')}?`}
          confirm={`Block ${counted(blockable.length, 'client')}`}
          done={`${counted(blockable.length, 'client')} blocked`}
          undo={{ action: act.bind(null, 'unblock', ids(blockable)), done: `${counted(blockable.length, 'client')} unblocked` }}
          action={run('block', blockable)}
        >
          <p>They are refused everywhere until you unblock them. Their {counted(grants, 'grant')} wait: nobody has to allow them again.</p>
        </ConfirmDialog>
      )}
      {blocked.length > 0 && (
        <ConfirmDialog
          trigger={
            <Button tone="secondary" size="sm">
              Unblock {blocked.length}
            </Button>
          }
          title={`Unblock ${counted(blocked.length, 'client')}?`}
          confirm={`Unblock ${counted(blocked.length, 'client')}`}
          danger={false}
          done={`${counted(blocked.length, 'client')} unblocked`}
          undo={{ action: act.bind(null, 'block', ids(blocked)), done: `${counted(blocked.length, 'client')} blocked` }}
          action={run('unblock', blocked)}
        >
          <p>Tokens that have not run out meanwhile work again.</p>
        </ConfirmDialog>
      )}
      <ConfirmDialog
        trigger={
          <Button tone="danger-quiet" size="sm">
            Delete {living.length}
          </Button>
        }
        title={`Delete ${counted(living.length, 'client')}?`}
        confirm={`Delete ${counted(living.length, 'client')}`}
        typed={`delete ${living.length}`}
        done={`${counted(living.length, 'client')} deleted`}
        action={run('delete', living)}
      >
        <p>
          <strong className="font-medium text-ink">{counted(grants, 'grant')} end.</strong> This cannot be undone: these clients would have
          to register again, and everybody would have to allow them again.
        </p>
      </ConfirmDialog>
    </>
  )
}

function RedirectHosts({ uris }: { uris: readonly string[] }) {
  const [first, ...more] = redirectHosts(uris)
  if (!first) return <span className="text-ink-faint">Nowhere</span>
  return (
    <span title={uris.join('\n')} className="flex min-w-0 items-center gap-1.5">
      <span className="truncate">{first}</span>
      {more.length > 0 && <span className="shrink-0 text-ink-faint">+{more.length}</span>}
    </span>
  )
}
