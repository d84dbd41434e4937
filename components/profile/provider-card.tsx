'use client'

import { KeyRound } from 'lucide-react'
import { goToProvider } from '../account/go-to-provider.ts'
import { ProviderMark } from '../account/provider-mark.tsx'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type Offered = { id: string; name: string }
type Linked = { provider: string; subject: string; label: string; createdAt: Date; unlink: FormAction }

/** Nothing where the installation offers none and none is linked. */
export function ProviderCard({ offered, linked, begin }: { offered: readonly Offered[]; linked: readonly Linked[]; begin: FormAction }) {
  if (offered.length === 0 && linked.length === 0) return null
  const nameOf = (id: string): string => offered.find((each) => each.id === id)?.name ?? id
  return (
    <Card>
      <CardHeader title="Linked accounts" description="Log in with an account that you have elsewhere." />
      <CardBody>
        {linked.length > 0 && (
          <ul className="grid divide-y rounded-lg border">
            {linked.map(({ provider, subject, label, createdAt, unlink }) => (
              <li key={`${provider} ${subject}`} className="flex min-w-0 flex-wrap items-center gap-3 px-4 py-3">
                <ProviderMark id={provider} fallback={<KeyRound aria-hidden className="size-4" />} />
                <div className="grid min-w-0 flex-1 gap-0.5">
                  <span className="wrap-anywhere font-medium">
                    {label} <span className="font-normal text-ink-soft">at {nameOf(provider)}</span>
                  </span>
                  <span className="text-[13px] text-ink-soft">
                    Linked <RelativeTime at={createdAt} />
                  </span>
                </div>
                <ConfirmDialog
                  trigger={
                    <Button tone="secondary" size="sm" aria-label={`Unlink ${label} at ${nameOf(provider)}`}>
                      Unlink
                    </Button>
                  }
                  title={`Unlink ${nameOf(provider)}?`}
                  confirm="Unlink"
                  done="Unlinked"
                  action={unlink}
                >
                  <p>You cannot log in here with {nameOf(provider)} until you link it again.</p>
                </ConfirmDialog>
              </li>
            ))}
          </ul>
        )}
        <div className="flex flex-wrap gap-2">
          {offered
            .filter(({ id }) => !linked.some(({ provider }) => provider === id))
            .map((provider) => (
              <LinkButton key={provider.id} provider={provider} begin={begin} />
            ))}
        </div>
      </CardBody>
    </Card>
  )
}

/** First who sits there, then off to the provider: coming back must find somebody who proved it of late. */
function LinkButton({ provider: { id, name }, begin }: { provider: Offered; begin: FormAction }) {
  const form = useForm(begin, () => void goToProvider(id, '/profile').catch(() => toast.error('The server did not answer. Try again.')))
  return (
    <ActionForm form={form} className="grid gap-3">
      <Button type="submit" tone="secondary" pending={form.pending}>
        <ProviderMark id={id} fallback={<KeyRound aria-hidden />} />
        Link {name}
      </Button>
    </ActionForm>
  )
}
