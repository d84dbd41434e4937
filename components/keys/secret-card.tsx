import { Plus } from 'lucide-react'
import { MAX_LIVING_SECRETS } from '#lib/management/secrets/inputs.ts'
import type { LiveSecret } from '#lib/management/secrets/list.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NewSecretDialog } from './new-secret-dialog.tsx'
import type { SecretWords } from './secret-dialog.tsx'
import { type SecretActions, SecretRow } from './secret-row.tsx'

type SecretCardProps = {
  words: SecretWords
  /** Who holds one, and what stops without it. */
  without: string
  secrets: readonly LiveSecret[]
  create: FormAction<{ secret: string }>
  actionsOf: (secretId: string) => SecretActions
}

/** One kind of project secret: those in use, and those that end. */
export function SecretCard({ words, without, secrets, create, actionsOf }: SecretCardProps) {
  const what = words.what.toLowerCase()
  return (
    <Card>
      <CardHeader
        title={`${words.what}s`}
        description={words.purpose}
        action={
          <NewSecretDialog
            trigger={
              <Button tone="secondary" size="sm" aria-label={`New ${what}`} disabled={secrets.length >= MAX_LIVING_SECRETS}>
                <Plus aria-hidden />
                New
              </Button>
            }
            opensAs={`new-${what.replace(' ', '-')}`}
            words={words}
            action={create}
          />
        }
      />
      <CardBody className="gap-3">
        {secrets.length === 0 && (
          <p className="text-[13px] text-ink-soft">None lives, so {without}. Make one: it is shown once, and only a hash of it is kept.</p>
        )}
        <ul className="grid gap-3" aria-label={`${words.what}s`}>
          {secrets.map((secret) => (
            <SecretRow key={secret.id} secret={secret} words={words} actions={actionsOf(secret.id)} />
          ))}
        </ul>
        {secrets.length >= MAX_LIVING_SECRETS && (
          <p className="text-[13px] text-ink-soft">
            {MAX_LIVING_SECRETS} live, which is as many as there may be. Revoke one that nobody uses to make another.
          </p>
        )}
      </CardBody>
    </Card>
  )
}
