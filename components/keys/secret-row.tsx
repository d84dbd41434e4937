import type { LiveSecret } from '#lib/management/secrets/list.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Countdown } from './countdown.tsx'
import { RenameSecretDialog } from './rename-secret-dialog.tsx'
import { RotateSecretDialog } from './rotate-secret-dialog.tsx'
import type { SecretWords } from './secret-dialog.tsx'

export type SecretActions = { rename: FormAction; rotate: FormAction<{ secret: string }>; revoke: FormAction }
type SecretRowProps = { secret: LiveSecret; words: SecretWords; actions: SecretActions }

/** One secret as its owner knows it: name, prefix and last four, and whether anything still uses it. */
export function SecretRow({ secret, words, actions }: SecretRowProps) {
  const { hint, name, expiresAt } = secret
  return (
    <li className="grid gap-2 rounded-lg border bg-sunken px-3.5 pt-2.5 pb-1.5 text-[13px]">
      <div className="grid gap-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="wrap-anywhere font-medium">{name || 'Unnamed'}</span>
          <code className="font-mono text-[12.5px] text-ink-soft">{hint}</code>
          {expiresAt ? (
            <Badge tone="warn">
              Ends <Countdown to={expiresAt} />
            </Badge>
          ) : (
            <Badge tone="good">Active</Badge>
          )}
        </span>
        <LastUse secret={secret} />
      </div>
      <div className="-mx-3 flex flex-wrap">
        <RenameSecretDialog
          trigger={
            <Button tone="ghost" size="sm" aria-label={`Rename ${hint}`}>
              Rename
            </Button>
          }
          hint={hint}
          name={name}
          action={actions.rename}
        />
        {!expiresAt && (
          <RotateSecretDialog
            trigger={
              <Button tone="ghost" size="sm" aria-label={`Rotate ${hint}`}>
                Rotate
              </Button>
            }
            {...words}
            action={actions.rotate}
          />
        )}
        <ConfirmDialog
          trigger={
            <Button tone="ghost" size="sm" aria-label={`Revoke ${hint}`}>
              Revoke
            </Button>
          }
          title={`Revoke ${hint}?`}
          confirm="Revoke secret"
          {...(secret.lastUsedAt ? { typed: hint.slice(-4) } : {})}
          done="Secret revoked"
          action={actions.revoke}
        >
          <LastUse secret={secret} />
          {secret.lastUsedAt ? (
            <p>
              Whatever used it then{secret.lastUsedFrom && `, at ${secret.lastUsedFrom},`} is refused from now on. To replace it without a
              gap, rotate it instead.
            </p>
          ) : (
            <p>It was never used, so nothing breaks.</p>
          )}
        </ConfirmDialog>
      </div>
    </li>
  )
}

function LastUse({ secret: { createdAt, lastUsedAt, lastUsedFrom } }: { secret: LiveSecret }) {
  return (
    <p className="wrap-anywhere text-ink-soft text-xs">
      {lastUsedAt ? (
        <>
          Last used <RelativeTime at={lastUsedAt} />
          {lastUsedFrom && ` from ${lastUsedFrom}`}
        </>
      ) : (
        'Never used'
      )}{' '}
      · made <RelativeTime at={createdAt} />
    </p>
  )
}
