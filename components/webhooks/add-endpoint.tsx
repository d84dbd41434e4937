'use client'

import { Plus } from 'lucide-react'
import { SecretDialog } from '../keys/secret-dialog.tsx'
import { Button } from '../ui/button.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { EndpointFields } from './endpoint-fields.tsx'

export const SIGNING_SECRET = {
  what: 'Signing secret',
  purpose: 'Your receiver verifies with it that an event comes from here and was not changed.',
  variable: 'GATEHOUSE_WEBHOOK_SECRET',
} as const

export function AddEndpoint({ action }: { action: FormAction<{ secret: string }> }) {
  return (
    <SecretDialog
      title="Add an endpoint"
      opensAs="add-endpoint"
      submit="Add endpoint"
      words={SIGNING_SECRET}
      action={action}
      trigger={
        <Button>
          <Plus aria-hidden />
          Add endpoint
        </Button>
      }
    >
      {(form) => <EndpointFields form={form} />}
    </SecretDialog>
  )
}
