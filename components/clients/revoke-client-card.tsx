import type { ClientDetails } from '#lib/management/clients/get.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'

export function RevokeClientCard({ client, revoke }: { client: ClientDetails; revoke: FormAction }) {
  return (
    <Card className="border-bad/30">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
        <div className="grid gap-0.5">
          <h2 className="font-semibold text-[15px]">Revoke client</h2>
          <p className="text-[13px] text-ink-soft">Ends it for good. {lossOf(client.userCount)}</p>
        </div>
        <ConfirmDialog
          trigger={<Button tone="danger-quiet">Revoke client</Button>}
          title={`Revoke ${client.name}?`}
          confirm="Revoke client"
          typed={client.name}
          done={`${client.name} is revoked`}
          action={revoke}
        >
          <p>
            <strong className="font-medium text-ink">{lossOf(client.userCount)}</strong> Refresh tokens end now; access tokens end when they
            expire, or at once where your server introspects them.
          </p>
          <p>This cannot be undone. The client would have to register again, and everybody would have to allow it again.</p>
        </ConfirmDialog>
      </div>
    </Card>
  )
}

function lossOf(users: number): string {
  if (users === 0) return 'No user is connected through it now.'
  return users === 1 ? '1 user will be disconnected.' : `${users} users will be disconnected.`
}
