import Link from 'next/link'
import type { WebhookAttempt, WebhookDelivery } from '#lib/management/webhooks/deliveries.ts'
import { Badge } from '../ui/badge.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { CopyableText } from '../ui/copyable.tsx'
import { Facts } from '../ui/facts.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { type Replay, ReplayButton } from './delivery-table.tsx'
import { DeliveryBadge, PROBLEMS } from './webhook-badges.tsx'

type DeliveryDetailsProps = {
  project: string
  delivery: WebhookDelivery & { readonly payload: string; readonly tries: readonly WebhookAttempt[] }
  replay: Replay | null
}

/** What was sent, and every answer to it, the newest first. */
export function DeliveryDetails({ project, delivery, replay }: DeliveryDetailsProps) {
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <DeliveryBadge delivery={delivery} />
        {replay && <ReplayButton deliveryIds={[delivery.deliveryId]} replay={replay} />}
      </div>
      <Facts
        facts={[
          ['webhook-id', <CopyableText key="id" label="webhook id" value={delivery.deliveryId} />],
          [
            'Event',
            delivery.eventId ? (
              <Link
                key="event"
                href={`/projects/${project}/audit-log?event=${delivery.eventId}`}
                className="rounded underline underline-offset-2"
              >
                In the audit log
              </Link>
            ) : (
              'A test'
            ),
          ],
          ['Next try', <RelativeTime key="next" at={delivery.nextAttemptAt} never="None" />],
        ]}
      />
      <section className="grid gap-3">
        <h3 className="font-medium text-[13px]">Tries</h3>
        {delivery.tries.length === 0 && <p className="text-[13px] text-ink-soft">Not sent yet; it leaves within seconds.</p>}
        <ol className="grid gap-3">
          {delivery.tries.map((attempt) => (
            <li key={attempt.number} className="grid min-w-0 gap-2 rounded-lg border p-3">
              <div className="flex flex-wrap items-center justify-between gap-2 text-[13px]">
                <StatusBadge attempt={attempt} />
                <span className="text-ink-soft text-xs">
                  Try {attempt.number}, <RelativeTime at={attempt.at} />, {attempt.milliseconds} ms
                </span>
              </div>
              {attempt.problem && <p className="text-[13px] text-ink-soft">{PROBLEMS[attempt.problem] ?? attempt.problem}.</p>}
              {attempt.answer && <CodeBlock title="Answer" code={attempt.answer} wrap />}
            </li>
          ))}
        </ol>
      </section>
      <CodeBlock title="Payload" language="json" code={JSON.stringify(JSON.parse(delivery.payload), null, 2)} wrap />
    </>
  )
}

function StatusBadge({ attempt: { status } }: { attempt: WebhookAttempt }) {
  if (status === null) return <Badge tone="bad">No answer</Badge>
  return <Badge tone={status >= 200 && status < 300 ? 'good' : 'bad'}>HTTP {status}</Badge>
}
