import type { WebhookEndpoint } from '#lib/management/webhooks/list.ts'
import { Card, CardBody } from '../ui/card.tsx'
import { CopyableText } from '../ui/copyable.tsx'
import { Facts } from '../ui/facts.tsx'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { EndpointBadge } from './webhook-badges.tsx'

export function EndpointFacts({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { url, events, lastFour, previousSecretExpiresAt, secretOpens, failingSince, disabledAt, createdAt } = endpoint
  return (
    <>
      {!secretOpens && !disabledAt && (
        <Notice tone="bad" title="The signing secret cannot be read">
          It was sealed with another KEY_ENCRYPTION_KEY. Events wait, and nothing is sent. Start Gatehouse with the right key, or rotate the
          secret and store the new one at your receiver.
        </Notice>
      )}
      {failingSince && !disabledAt && (
        <Notice tone="warn" title="Nothing has arrived lately">
          Every try has failed since <RelativeTime at={failingSince} />. After five days it is switched off.
        </Notice>
      )}
      {disabledAt && (
        <Notice tone="bad" title="This endpoint is off">
          Nothing has been sent since <RelativeTime at={disabledAt} />. Switched on, it begins with what happens from then on.
        </Notice>
      )}
      <Card>
        <CardBody className="pt-4">
          <Facts
            facts={[
              ['State', <EndpointBadge key="state" endpoint={endpoint} />],
              ['URL', <CopyableText key="url" label="URL" value={url} />],
              ['Events', events.length === 0 ? 'Every event' : events.join(', ')],
              ['Signing secret', <code key="secret">{`whsec_…${lastFour}`}</code>],
              ...(previousSecretExpiresAt
                ? [['Old secret signs until', <RelativeTime key="previous" at={previousSecretExpiresAt} />] as const]
                : []),
              ['Added', <RelativeTime key="added" at={createdAt} />],
            ]}
          />
        </CardBody>
      </Card>
    </>
  )
}
