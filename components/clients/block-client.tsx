import type { ClientDetails } from '#lib/management/clients/get.ts'
import { ActButton } from '../ui/act-button.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { lossOf } from './loss.ts'

type BlockProps = { client: ClientDetails; block: FormAction; unblock: FormAction }

/** Blocks, or takes it back. */
export function BlockClient({ client, block, unblock }: BlockProps) {
  const [blocked, unblocked] = [`${client.name} is blocked`, `${client.name} is unblocked`]
  if (client.status === 'blocked') {
    return (
      <ActButton done={unblocked} undo={{ action: block, done: blocked }} action={unblock}>
        Unblock client
      </ActButton>
    )
  }
  return (
    <ConfirmDialog
      trigger={<Button tone="secondary">Block client</Button>}
      title={`Block ${client.name}?`}
      confirm="Block client"
      done={blocked}
      undo={{ action: unblock, done: unblocked }}
      action={block}
    >
      <p>
        <strong className="font-medium text-ink">{lossOf(client, 'locked out')}</strong> It can neither sign anybody in nor refresh a token
        until you unblock it. Access tokens it holds work until they expire, unless your server introspects tokens.
      </p>
      <p>What people allowed stays: after unblocking nobody has to allow it again.</p>
    </ConfirmDialog>
  )
}
