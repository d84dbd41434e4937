import type { ClientDetails } from '#lib/management/clients/get.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { counted } from '../ui/counted.ts'
import type { FormAction } from '../ui/form-state.ts'
import { lossOf } from './loss.ts'

export function DeleteClientCard({ client, remove }: { client: ClientDetails; remove: FormAction }) {
  return (
    <Card className="border-bad/30">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
        <div className="grid gap-0.5">
          <h2 className="font-semibold text-[15px]">Delete client</h2>
          <p className="text-[13px] text-ink-soft">Ends it for good. {lossOf(client, 'signed out')}</p>
        </div>
        <ConfirmDialog
          trigger={<Button tone="danger-quiet">Delete client</Button>}
          title={`Delete ${client.name}?`}
          confirm="Delete client"
          typed={client.name}
          done={`${client.name} is deleted`}
          action={remove}
        >
          <p>
            <strong className="font-medium text-ink">{lossOf(client, 'signed out')}</strong> {counted(client.grantCount, 'grant')} end
            {client.grantCount === 1 ? 's' : ''}: refresh tokens now; access tokens when they expire, or at once where your server
            introspects them.
          </p>
          <p>This cannot be undone. The client would have to register again, and everybody would have to allow it again.</p>
          {client.status !== 'blocked' && <p>To keep it out for a while, block it instead.</p>}
        </ConfirmDialog>
      </div>
    </Card>
  )
}
