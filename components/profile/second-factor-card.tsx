'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionForm } from '../ui/action-form.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useForm } from '../ui/use-form.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SecondFactorSetup, type Setup } from './second-factor-setup.tsx'

type Actions = {
  begin: FormAction<Setup>
  enable: FormAction<string[]>
  replaceCodes: FormAction<string[]>
  disable: FormAction
}

type SecondFactorCardProps = { since: Date | null; codesLeft: number; actions: Actions }

/** So few left that it is time for new ones. */
const FEW = 3

export function SecondFactorCard({ since, codesLeft, actions }: SecondFactorCardProps) {
  const router = useRouter()
  const [shown, setShown] = useState<Setup | readonly string[] | null>(null)
  const stored = (): void => {
    setShown(null)
    router.refresh()
  }
  const codes = Array.isArray(shown) ? (shown as readonly string[]) : null
  const setup = shown !== null && 'secret' in shown ? shown : null
  return (
    <Card>
      <CardHeader
        title="Authenticator app"
        description="A code from your phone after the password: whoever finds out the password alone does not get in. A passkey needs no code."
        action={since ? <Badge tone="good">On</Badge> : <Badge>Off</Badge>}
      />
      <CardBody>
        {since ? (
          <>
            <p className="text-ink-soft">
              On since <RelativeTime at={since} />. {codesLeft} of 10 recovery codes left.
            </p>
            {codesLeft <= FEW && <Notice tone="warn">Few recovery codes are left: make new ones before you need them.</Notice>}
            <div className="flex flex-wrap gap-2">
              <AskButton action={actions.replaceCodes} onDone={setShown}>
                New recovery codes
              </AskButton>
              <ConfirmDialog
                trigger={<Button tone="danger-quiet">Switch off</Button>}
                title="Switch off the authenticator app?"
                confirm="Switch off"
                done="Authenticator app switched off"
                action={actions.disable}
              >
                <p>Your password alone opens your account again, and your recovery codes are void.</p>
              </ConfirmDialog>
            </div>
          </>
        ) : (
          <AskButton action={actions.begin} onDone={setShown}>
            Set up an app
          </AskButton>
        )}
      </CardBody>
      <Dialog open={setup !== null} onOpenChange={(open) => !open && setShown(null)}>
        <DialogContent title="Set up an authenticator app">
          {setup && <SecondFactorSetup setup={setup} action={actions.enable} onEnabled={setShown} />}
        </DialogContent>
      </Dialog>
      <Dialog open={codes !== null}>
        <DialogContent title="Your recovery codes" locked>
          {codes && <RecoveryCodes codes={codes} onStored={stored} />}
        </DialogContent>
      </Dialog>
    </Card>
  )
}

function AskButton<Done>({ action, onDone, children }: { action: FormAction<Done>; onDone: (done: Done) => void; children: string }) {
  const form = useForm(action, onDone)
  return (
    <ActionForm form={form} className="grid gap-3">
      <Button type="submit" tone="secondary" pending={form.pending} className="w-fit">
        {children}
      </Button>
    </ActionForm>
  )
}
