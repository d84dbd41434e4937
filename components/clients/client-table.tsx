import Link from 'next/link'
import type { ListedClient } from '#lib/management/clients/list.ts'
import { Badge } from '../ui/badge.tsx'
import { CopyableText } from '../ui/copyable.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Table, Td, Th, Tr } from '../ui/table.tsx'
import { METHODS, redirectHosts, sourceWords, VerifiedBadge } from './client-badges.tsx'

export function ClientTable({ project, clients }: { project: string; clients: readonly ListedClient[] }) {
  return (
    <Table label="Clients">
      <thead>
        <tr>
          <Th>Client</Th>
          <Th>Source</Th>
          <Th>Authentication</Th>
          <Th>Returns to</Th>
          <Th className="text-right">Grants</Th>
          <Th>Last used</Th>
          <Th>Created</Th>
        </tr>
      </thead>
      <tbody>
        {clients.map((client) => (
          <Tr key={client.clientId}>
            <Td className="min-w-52 max-w-80">
              <div className="grid min-w-0">
                <Link
                  href={`/projects/${project}/clients/${encodeURIComponent(client.clientId)}`}
                  className="w-fit max-w-full truncate rounded font-medium hover:underline"
                >
                  {client.name}
                </Link>
                <span className="text-ink-faint">
                  <CopyableText label="client id" value={client.clientId} />
                </span>
              </div>
            </Td>
            <Td>
              <div className="grid gap-0.5">
                {client.revokedAt ? <Badge tone="bad">Revoked</Badge> : <VerifiedBadge source={client.source} trusted={client.trusted} />}
                <span className="whitespace-nowrap text-ink-faint text-xs">{sourceWords(client)}</span>
              </div>
            </Td>
            <Td className="whitespace-nowrap text-ink-soft">{METHODS[client.tokenEndpointAuthMethod]}</Td>
            <Td className="max-w-56">
              <RedirectHosts uris={client.redirectUris} />
            </Td>
            <Td className="text-right tabular-nums">{client.grantCount}</Td>
            <Td className="text-ink-soft">
              <RelativeTime at={client.lastUsedAt} />
            </Td>
            <Td className="text-ink-soft">
              <RelativeTime at={client.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
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
