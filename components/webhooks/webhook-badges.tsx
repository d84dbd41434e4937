import type { WebhookDelivery } from '#lib/management/webhooks/deliveries.ts'
import type { WebhookEndpoint } from '#lib/management/webhooks/list.ts'
import { Badge } from '../ui/badge.tsx'

export function EndpointBadge({ endpoint }: { endpoint: Pick<WebhookEndpoint, 'disabledAt' | 'failingSince' | 'secretOpens'> }) {
  if (endpoint.disabledAt) return <Badge tone="bad">Off</Badge>
  if (!endpoint.secretOpens) return <Badge tone="bad">Secret unreadable</Badge>
  if (endpoint.failingSince) return <Badge tone="warn">Failing</Badge>
  return (
    <Badge tone="good" dot>
      On
    </Badge>
  )
}

const STATES = { delivered: ['good', 'Delivered'], pending: ['neutral', 'Waiting'], failed: ['bad', 'Failed'] } as const

export function DeliveryBadge({ delivery: { state, attempts } }: { delivery: Pick<WebhookDelivery, 'state' | 'attempts'> }) {
  if (state === 'pending' && attempts > 0) return <Badge tone="warn">Trying again</Badge>
  const [tone, words] = STATES[state]
  return <Badge tone={tone}>{words}</Badge>
}

/** Why no answer came, in words, by `problem`. */
export const PROBLEMS: Readonly<Record<string, string>> = {
  url: 'This URL may not be called',
  address_literal: 'A host name is needed, not an address',
  private_name: 'This name is not on the public internet',
  private_address: 'The name leads to an address that is not public',
  own_host: 'This is Gatehouse itself',
  name_unknown: 'The name has no address',
  too_many: 'Too many requests to this host at once',
  connection: 'No connection, or it broke',
  deadline: 'No answer within ten seconds',
  too_large: 'The answer is longer than 64 KB',
}
