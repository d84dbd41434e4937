import type { ClientDetails } from '#lib/management/clients/get.ts'
import { RotateSecretDialog } from '../keys/rotate-secret-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Facts } from '../ui/facts.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'

type ClientSecretCardProps = {
  client: ClientDetails
  hint: string
  /** Null: the role reads only. */
  acts: { rotate: FormAction<{ secret: string }>; endPrevious: FormAction } | null
}

export function ClientSecretCard({ client, hint, acts }: ClientSecretCardProps) {
  return (
    <Card>
      <CardHeader
        title="Client secret"
        action={
          acts && (
            <RotateSecretDialog
              trigger={
                <Button tone="secondary" size="sm">
                  Rotate secret
                </Button>
              }
              what="Client secret"
              purpose="The client proves with it who it is."
              variable="OAUTH_CLIENT_SECRET"
              action={acts.rotate}
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
            ['Client last used', <RelativeTime key="used" at={client.lastUsedAt} />],
            ...(client.previousSecretExpiresAt
              ? [
                  [
                    'The one before',
                    <span key="ends" className="inline-flex flex-wrap items-center gap-x-3">
                      <span>
                        Ends <RelativeTime at={client.previousSecretExpiresAt} />
                      </span>
                      {acts && <EndPrevious client={client} action={acts.endPrevious} />}
                    </span>,
                  ] as const,
                ]
              : []),
          ]}
        />
      </CardBody>
    </Card>
  )
}

function EndPrevious({ client: { name, lastUsedAt }, action }: { client: ClientDetails; action: FormAction }) {
  return (
    <ConfirmDialog
      trigger={
        <Button tone="danger-quiet" size="sm">
          End it now
        </Button>
      }
      title="End the old secret now?"
      confirm="End old secret"
      done="The old secret has ended"
      action={action}
    >
      <p>
        Where {name} still runs with the old secret it is refused from its next request on. Which of the two a request came with is not kept
        {lastUsedAt ? (
          <>
            ; the client was last used <RelativeTime at={lastUsedAt} />
          </>
        ) : (
          ', and the client was never used'
        )}
        .
      </p>
    </ConfirmDialog>
  )
}
