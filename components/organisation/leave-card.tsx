import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'

type LeaveProps = { organisation: string; onlyOwner: boolean; action: FormAction }

export function LeaveCard({ organisation, onlyOwner, action }: LeaveProps) {
  return (
    <Card className="border-bad/30">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
        <div className="grid gap-0.5">
          <h2 className="font-semibold text-[15px]">Leave {organisation}</h2>
          <p className="text-[13px] text-ink-soft">
            {onlyOwner
              ? 'You are its only owner. Make somebody else an owner first: an organisation needs one.'
              : 'You reach nothing of it any more, until somebody invites you again.'}
          </p>
        </div>
        {!onlyOwner && (
          <ConfirmDialog
            trigger={<Button tone="danger-quiet">Leave organisation</Button>}
            title={`Leave ${organisation}?`}
            confirm="Leave organisation"
            typed={organisation}
            done={`You have left ${organisation}`}
            action={action}
          >
            <p>API keys you made here stop working, and invitations you sent end. Your account and your other organisations stay.</p>
          </ConfirmDialog>
        )}
      </div>
    </Card>
  )
}
