import type { SentInvitation } from '#lib/management/invitations/send.ts'
import { Button } from '../ui/button.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { DialogFooter } from '../ui/dialog.tsx'

/** The only time the link is seen: a lost one is replaced by sending the invitation again. */
export function InvitationLink({ sent, onStored }: { sent: SentInvitation; onStored: () => void }) {
  return (
    <div className="grid min-w-0 gap-4">
      <p className="text-ink-soft">
        {sent.mailed
          ? 'A mail with the link is on its way. Somebody who has an account can also use the link below, which is shown once:'
          : 'Hand this link over. It is shown once:'}
      </p>
      <Copyable label="invitation link" value={sent.link} />
      <p className="text-[13px] text-ink-soft">It opens for {sent.email} alone, for 7 days, once.</p>
      <DialogFooter>
        <Button onClick={onStored}>Done</Button>
      </DialogFooter>
    </div>
  )
}
