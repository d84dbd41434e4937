'use client'

import type { ReactNode } from 'react'
import type { FormAction } from '../ui/form-state.ts'
import { NameField } from '../ui/name-field.tsx'
import { SecretDialog, type SecretWords } from './secret-dialog.tsx'

type NewSecretDialogProps = { trigger: ReactNode; opensAs: string; words: SecretWords; action: FormAction<{ secret: string }> }

/** One more beside those that live: each place its own, so that one that leaks ends without the others. */
export function NewSecretDialog({ trigger, opensAs, words, action }: NewSecretDialogProps) {
  return (
    <SecretDialog
      trigger={trigger}
      opensAs={opensAs}
      title={`Make a ${words.what.toLowerCase()}`}
      submit="Make it"
      words={words}
      action={action}
    >
      {(form) => (
        <NameField
          {...form.field('name')}
          placeholder="Production backend"
          hint="Where it will be used. One secret for each place: a leak then ends one place, not all."
        />
      )}
    </SecretDialog>
  )
}
