import type { ClientDetails } from '#lib/management/clients/get.ts'
import { RotateSecretDialog } from '../keys/rotate-secret-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Facts } from '../ui/facts.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'

type ClientSecretCardProps = { client: ClientDetails; hint: string; rotate: FormAction<{ secret: string }> | null }

export function ClientSecretCard({ client, hint, rotate }: ClientSecretCardProps) {
  return (
    <Card>
      <CardHeader
        title="Client secret"
        action={
          rotate && (
            <RotateSecretDialog
              trigger={
                <Button tone="secondary" size="sm">
                  Rotate secret
                </Button>
              }
              what="Client secret"
              purpose="The client proves with it who it is."
              variable="OAUTH_CLIENT_SECRET"
              action={rotate}
            />
          )
        }
      />
      <CardBody>
        <Facts
          facts={[
            [
              'Secret',
              <code key="hint" className="font-mono text-[12.5px]">
                {hint}
              </code>,
            ],
            ['Since', <RelativeTime key="since" at={client.secretRotatedAt ?? client.createdAt} />],
            ...(client.previousSecretExpiresAt
              ? [['The one before ends', <RelativeTime key="ends" at={client.previousSecretExpiresAt} />] as const]
              : []),
          ]}
        />
      </CardBody>
    </Card>
  )
}
