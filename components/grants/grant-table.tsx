import Link from 'next/link'
import type { ListedGrant } from '#lib/management/grants/list.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Table, Td, Th, Tr } from '../ui/table.tsx'

type GrantTableProps = {
  project: string
  grants: readonly ListedGrant[]
  /** Which side is already clear from the page. */
  show: 'client' | 'user'
  revoke: (grantId: string) => FormAction
}

export function GrantTable({ project, grants, show, revoke }: GrantTableProps) {
  return (
    <Table label="Grants">
      <thead>
        <tr>
          <Th>{show === 'user' ? 'User' : 'Client'}</Th>
          <Th>Scopes</Th>
          <Th>For</Th>
          <Th>Since</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {grants.map((grant) => (
          <Tr key={grant.id}>
            <Td className="max-w-64">
              <Link href={hrefOf(project, grant, show)} className="block w-fit max-w-full truncate rounded font-medium hover:underline">
                {nameOf(grant, show)}
              </Link>
            </Td>
            <Td className="min-w-40 max-w-72 font-mono text-[12.5px]">{grant.scope}</Td>
            <Td className="max-w-64 truncate text-ink-soft" title={grant.resources.join('\n')}>
              {grant.resources.join(', ')}
            </Td>
            <Td className="text-ink-soft">
              <RelativeTime at={grant.createdAt} />
            </Td>
            <Td className="text-right">
              <ConfirmDialog
                trigger={
                  <Button tone="ghost" size="sm" aria-label={`Revoke grant of ${nameOf(grant, show)}`}>
                    Revoke
                  </Button>
                }
                title="Revoke this grant?"
                confirm="Revoke grant"
                done="Grant revoked"
                action={revoke(grant.id)}
              >
                <p>
                  <strong className="font-medium text-ink">{grant.clientName ?? grant.clientId}</strong> loses its access for{' '}
                  <strong className="font-medium text-ink">{grant.userEmail ?? grant.userId}</strong>. Its refresh tokens end now; an access
                  token it holds works until it expires, unless your server introspects tokens. It can ask again.
                </p>
              </ConfirmDialog>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

const nameOf = (grant: ListedGrant, show: 'client' | 'user'): string =>
  show === 'user' ? (grant.userEmail ?? grant.userId) : (grant.clientName ?? grant.clientId)

const hrefOf = (project: string, grant: ListedGrant, show: 'client' | 'user'): string =>
  show === 'user'
    ? `/projects/${project}/users/${encodeURIComponent(grant.userId)}`
    : `/projects/${project}/clients/${encodeURIComponent(grant.clientId)}`
