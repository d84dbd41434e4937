'use client'

import type { ListedApiKey } from '#lib/management/api-keys/list.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { QuietCopy } from '../ui/copyable.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import type { FormState } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { summaryOf } from './permission-words.ts'

const STATUS: Readonly<Record<ListedApiKey['status'], { label: string; tone: Tone; means: string }>> = {
  active: { label: 'Active', tone: 'good', means: 'It counts.' },
  expired: { label: 'Expired', tone: 'neutral', means: 'Its time is over.' },
  revoked: { label: 'Revoked', tone: 'bad', means: 'Somebody ended it.' },
  orphaned: { label: 'Dead', tone: 'warn', means: 'Whoever made it has left the organisation.' },
}

type ApiKeyTableProps = {
  keys: readonly ListedApiKey[]
  sort: string
  hidden: readonly string[]
  mayRevoke: boolean
  revoke: (apiKeyId: string, state: FormState, form: FormData) => Promise<FormState>
}

export function ApiKeyTable({ keys, sort, hidden, mayRevoke, revoke }: ApiKeyTableProps) {
  const columns: Column<ListedApiKey>[] = [
    { id: 'key', header: 'Key', sort: 'name', fixed: true, className: 'min-w-44 max-w-64', cell: (key) => <KeyName apiKey={key} /> },
    { id: 'status', header: 'Status', cell: ({ status }) => <Status status={status} /> },
    { id: 'may', header: 'May', className: 'max-w-64', cell: (key) => <Permissions apiKey={key} /> },
    { id: 'reaches', header: 'Reaches', className: 'max-w-48 truncate', cell: ({ project }) => project?.name ?? 'All projects' },
    { id: 'lastUsed', header: 'Last used', className: 'text-ink-soft', cell: (key) => <LastUse apiKey={key} /> },
    {
      id: 'ends',
      header: 'Ends',
      className: 'text-ink-soft',
      cell: ({ revokedAt, expiresAt }) => <RelativeTime at={revokedAt ?? expiresAt} never="When revoked" />,
    },
    { id: 'maker', header: 'Made by', className: 'max-w-48 truncate', cell: ({ createdBy }) => createdBy?.name ?? 'A deleted account' },
    {
      ...{ id: 'created', header: 'Created', sort: 'createdAt', descendingFirst: true, className: 'text-ink-soft' },
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
  ]
  const acts: Column<ListedApiKey> = {
    ...{ id: 'acts', header: 'Actions', fixed: true, align: 'right' },
    cell: (key) => key.revokedAt === null && <Revoke apiKey={key} action={(state, form) => revoke(key.id, state, form)} />,
  }
  return (
    <DataTable
      nouns={['API key', 'API keys']}
      name="api-keys"
      rows={keys}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      columns={mayRevoke ? [...columns, acts] : columns}
      sort={sort}
      hidden={hidden}
    />
  )
}

const KeyName = ({ apiKey: { id, name, hint } }: { apiKey: ListedApiKey }) => (
  <span className="grid min-w-0">
    <span className="truncate font-medium" title={name}>
      {name}
    </span>
    <span className="flex items-center gap-1">
      <code className="truncate font-mono text-[11.5px] text-ink-faint">{hint}</code>
      <QuietCopy label={`id of ${name}`} value={id} />
    </span>
  </span>
)

const Status = ({ status }: { status: ListedApiKey['status'] }) => (
  <span title={STATUS[status].means}>
    <Badge tone={STATUS[status].tone}>{STATUS[status].label}</Badge>
  </span>
)

/** What it was given, and how much of that is gone with its maker's role. */
function Permissions({ apiKey: { permissions, usablePermissions, status } }: { apiKey: ListedApiKey }) {
  const lost = permissions.length - usablePermissions.length
  return (
    <span className="grid" title={permissions.join('\n')}>
      <span>{summaryOf(permissions)}</span>
      {status === 'active' && lost > 0 && (
        <span className="text-warn text-xs">{lost === 1 ? '1 is' : `${lost} are`} beyond its maker’s role by now</span>
      )}
    </span>
  )
}

const LastUse = ({ apiKey: { lastUsedAt, lastUsedFrom } }: { apiKey: ListedApiKey }) => (
  <span className="grid">
    <RelativeTime at={lastUsedAt} />
    {lastUsedFrom && <code className="font-mono text-[11.5px] text-ink-faint">{lastUsedFrom}</code>}
  </span>
)

type RevokeProps = { apiKey: ListedApiKey; action: (state: FormState, form: FormData) => Promise<FormState> }

const Revoke = ({ apiKey: { name, hint, lastUsedAt, lastUsedFrom }, action }: RevokeProps) => (
  <ConfirmDialog
    trigger={
      <Button tone="ghost" size="sm" aria-label={`Revoke ${name}`}>
        Revoke
      </Button>
    }
    title={`Revoke ${name}?`}
    confirm="Revoke key"
    {...(lastUsedAt ? { typed: name } : {})}
    done={`${name} is revoked`}
    action={action}
  >
    <p>
      Whatever sends <code className="font-mono text-[12.5px]">{hint}</code> is answered 401 from its next request on. This cannot be taken
      back.
    </p>
    <p>
      {lastUsedAt ? (
        <>
          It was last used <RelativeTime at={lastUsedAt} />
          {lastUsedFrom && ` from ${lastUsedFrom}`}: what runs there stops working.
        </>
      ) : (
        'It was never used, so nothing breaks.'
      )}
    </p>
  </ConfirmDialog>
)
