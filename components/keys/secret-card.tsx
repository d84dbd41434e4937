import type { LiveSecret } from '#lib/management/projects/get.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { RotateSecretDialog } from './rotate-secret-dialog.tsx'

type SecretCardProps = {
  what: string
  purpose: string
  variable: string
  secrets: readonly LiveSecret[]
  rotate: FormAction<{ secret: string }>
  revoke: (secretId: string) => FormAction
}

/** One kind of project secret: the one in use, and those that still overlap. */
export function SecretCard({ what, purpose, variable, secrets, rotate, revoke }: SecretCardProps) {
  return (
    <Card>
      <CardHeader
        title={what}
        description={purpose}
        action={
          <RotateSecretDialog
            trigger={
              <Button tone="secondary" size="sm" aria-label={`Rotate ${what.toLowerCase()}`}>
                Rotate
              </Button>
            }
            what={what}
            purpose={purpose}
            variable={variable}
            action={rotate}
          />
        }
      />
      <CardBody>
        {secrets.length === 0 && <p className="text-[13px] text-ink-soft">None lives. Rotate to make one.</p>}
        <ul className="grid gap-3">
          {secrets.map((secret) => (
            <li
              key={secret.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border bg-sunken px-3.5 py-2.5 text-[13px]"
            >
              <div className="grid gap-0.5">
                <span className="flex items-center gap-2">
                  <code className="font-mono text-[12.5px]">{secret.hint}</code>
                  {secret.expiresAt ? <Badge tone="warn">Ending</Badge> : <Badge tone="good">In use</Badge>}
                </span>
                <span className="text-ink-faint text-xs">
                  Last used <RelativeTime at={secret.lastUsedAt} never="never" /> · created <RelativeTime at={secret.createdAt} />
                  {secret.expiresAt && (
                    <>
                      {' '}
                      · ends <RelativeTime at={secret.expiresAt} />
                    </>
                  )}
                </span>
              </div>
              <ConfirmDialog
                trigger={
                  <Button tone="ghost" size="sm" aria-label={`Revoke ${secret.hint}`} className="-mx-3">
                    Revoke
                  </Button>
                }
                title={`Revoke ${secret.hint}?`}
                confirm="Revoke secret"
                done="Secret revoked"
                action={revoke(secret.id)}
              >
                <p>Whatever uses it is refused from now on. To replace it without a gap, rotate it instead.</p>
              </ConfirmDialog>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}
