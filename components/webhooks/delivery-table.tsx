'use client'

import { RotateCcw } from 'lucide-react'
import Link from 'next/link'
import { startTransition, useTransition } from 'react'
import type { WebhookDelivery } from '#lib/management/webhooks/deliveries.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import type { FormState } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { toast } from '../ui/toast.tsx'
import { DeliveryBadge } from './webhook-badges.tsx'

export type Replay = (deliveryIds: readonly string[]) => Promise<FormState>

type DeliveryTableProps = {
  deliveries: readonly WebhookDelivery[]
  /** The list as it is, to which a delivery's id is added. */
  here: string
  hidden: readonly string[]
  /** Null: this member may not. */
  replay: Replay | null
}

export function DeliveryTable({ deliveries, here, hidden, replay }: DeliveryTableProps) {
  const columns: readonly Column<WebhookDelivery>[] = [
    {
      ...{ id: 'event', header: 'Event', fixed: true, className: 'min-w-48' },
      cell: ({ action, deliveryId }) => (
        <Link
          href={`${here}${here.includes('?') ? '&' : '?'}delivery=${deliveryId}`}
          scroll={false}
          className="rounded font-mono text-[12.5px] hover:underline"
        >
          {action}
        </Link>
      ),
    },
    { id: 'state', header: 'State', cell: (delivery) => <DeliveryBadge delivery={delivery} /> },
    { id: 'tries', header: 'Tries', align: 'right', cell: ({ attempts }) => attempts },
    {
      id: 'next',
      header: 'Next try',
      className: 'text-ink-soft',
      cell: ({ nextAttemptAt }) => <RelativeTime at={nextAttemptAt} never="None" />,
    },
    { id: 'made', header: 'Happened', className: 'text-ink-soft', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  ]
  return (
    <DataTable<WebhookDelivery>
      nouns={['delivery', 'deliveries']}
      name="deliveries"
      rows={deliveries}
      rowId={({ deliveryId }) => deliveryId}
      rowName={({ action }) => action}
      columns={columns}
      hidden={hidden}
      {...(replay && {
        bulk: (chosen, clear) => <ReplayButton deliveryIds={chosen.map(({ deliveryId }) => deliveryId)} replay={replay} onDone={clear} />,
      })}
    />
  )
}

type ReplayButtonProps = { deliveryIds: readonly string[]; replay: Replay; onDone?: () => void }

export function ReplayButton({ deliveryIds, replay, onDone }: ReplayButtonProps) {
  const [pending, start] = useTransition()
  const send = () =>
    start(async () => {
      const answer = await replay(deliveryIds)
      startTransition(() => {
        if (answer.kind === 'refused') toast.error(answer.message ?? 'Not sent')
        if (answer.kind === 'done') {
          toast.success(answer.value ?? 'On their way again')
          onDone?.()
        }
      })
    })
  return (
    <Button tone="secondary" size="sm" pending={pending} onClick={send}>
      <RotateCcw aria-hidden />
      Send again
    </Button>
  )
}
