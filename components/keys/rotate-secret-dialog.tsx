'use client'

import type { ReactNode } from 'react'
import { SelectField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { SecretDialog } from './secret-dialog.tsx'

const OVERLAPS = [
  { hours: 0, label: 'Stops working now' },
  { hours: 1, label: 'Works for 1 more hour' },
  { hours: 24, label: 'Works for 24 more hours' },
  { hours: 168, label: 'Works for 7 more days' },
]

type RotateProps = {
  trigger: ReactNode
  /** "Registration secret": what is rotated. */
  what: string
  purpose: string
  variable: string
  /** Goes into the file beside the secret. */
  issuer?: string
  action: FormAction<{ secret: string }>
}

/** Asks how long the old secret may live, then shows the new one, once. */
export function RotateSecretDialog({ trigger, action, ...words }: RotateProps) {
  return (
    <SecretDialog trigger={trigger} title={`Rotate ${words.what.toLowerCase()}`} submit="Rotate" words={words} action={action}>
      {(form) => (
        <SelectField
          label="The old secret"
          name="overlapHours"
          defaultValue="24"
          error={form.error('overlapHours')}
          hint="Leave time to put the new one everywhere the old one is used."
        >
          {OVERLAPS.map(({ hours, label }) => (
            <option key={hours} value={hours}>
              {label}
            </option>
          ))}
        </SelectField>
      )}
    </SecretDialog>
  )
}
