'use client'

import Link from 'next/link'
import type { WebhookEndpoint } from '#lib/management/webhooks/list.ts'
import { QuietCopy } from '../ui/copyable.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { SortTh, useSorted } from '../ui/sorted.tsx'
import { Table, Td, Th, Tr } from '../ui/table.tsx'
import { EndpointBadge } from './webhook-badges.tsx'

const VALUES = {
  delivered: ({ deliveries }: WebhookEndpoint) => deliveries.delivered,
  pending: ({ deliveries }: WebhookEndpoint) => deliveries.pending,
  failed: ({ deliveries }: WebhookEndpoint) => deliveries.failed,
  createdAt: ({ createdAt }: WebhookEndpoint) => createdAt.getTime(),
}

export function EndpointTable({ here, endpoints }: { here: string; endpoints: readonly WebhookEndpoint[] }) {
  const { sorted, head } = useSorted(endpoints, VALUES, { by: 'createdAt', descending: false })
  return (
    <Table label="Endpoints">
      <thead>
        <tr>
          <Th>Endpoint</Th>
          <Th>State</Th>
          <Th>Events</Th>
          <SortTh {...head('delivered')} label="Delivered" right />
          <SortTh {...head('pending')} label="Waiting" right />
          <SortTh {...head('failed')} label="Failed" right />
          <SortTh {...head('createdAt')} label="Added" />
        </tr>
      </thead>
      <tbody>
        {sorted.map((endpoint) => (
          <Tr key={endpoint.endpointId}>
            <Td className="min-w-56 max-w-96">
              <div className="grid min-w-0">
                <Link href={`${here}/${endpoint.endpointId}`} className="truncate rounded font-medium hover:underline" title={endpoint.url}>
                  {endpoint.url}
                </Link>
                <span className="flex min-w-0 items-center gap-1">
                  {endpoint.description && <span className="truncate text-ink-faint text-xs">{endpoint.description}</span>}
                  <QuietCopy label={`id of ${endpoint.url}`} value={endpoint.endpointId} />
                </span>
              </div>
            </Td>
            <Td>
              <EndpointBadge endpoint={endpoint} />
            </Td>
            <Td className="max-w-48 truncate text-ink-soft" title={endpoint.events.join(', ')}>
              {endpoint.events.length === 0 ? 'Every event' : endpoint.events.join(', ')}
            </Td>
            <Td className="text-right tabular-nums">{endpoint.deliveries.delivered}</Td>
            <Td className="text-right tabular-nums">{endpoint.deliveries.pending}</Td>
            <Td className="text-right tabular-nums">{endpoint.deliveries.failed}</Td>
            <Td className="text-ink-soft">
              <RelativeTime at={endpoint.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
