'use client'

import { KeyRound, Power, Send, Trash2 } from 'lucide-react'
import type { WebhookEndpoint } from '#lib/management/webhooks/list.ts'
import { SecretDialog } from '../keys/secret-dialog.tsx'
import { ActButton } from '../ui/act-button.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { SelectField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { SIGNING_SECRET } from './add-endpoint.tsx'
import { EditEndpoint } from './edit-endpoint.tsx'

type EndpointControlsProps = {
  endpoint: WebhookEndpoint
  test: FormAction
  update: FormAction
  enable: FormAction
  rotate: FormAction<{ secret: string }>
  remove: FormAction
}

export function EndpointControls({ endpoint, test, update, enable, rotate, remove }: EndpointControlsProps) {
  const off = endpoint.disabledAt !== null
  return (
    <div className="flex flex-wrap gap-2">
      {!off && (
        <ActButton action={test} done="A test is on its way">
          <Send aria-hidden />
          Send a test
        </ActButton>
      )}
      <EditEndpoint endpoint={endpoint} action={update} />
      <ActButton action={enable} done={off ? 'Endpoint on' : 'Endpoint off'}>
        <Power aria-hidden />
        {off ? 'Switch on' : 'Switch off'}
      </ActButton>
      <SecretDialog
        title="Rotate signing secret"
        submit="Rotate"
        words={SIGNING_SECRET}
        action={rotate}
        trigger={
          <Button tone="secondary">
            <KeyRound aria-hidden />
            Rotate secret
          </Button>
        }
      >
        {(form) => (
          <SelectField
            label="The old secret signs for another"
            {...form.field('overlapHours', '24')}
            hint="Every event carries both signatures until then, so that you can change it without losing one."
          >
            <option value="0">0 hours: it ends at once</option>
            <option value="1">1 hour</option>
            <option value="24">24 hours</option>
            <option value="168">7 days</option>
          </SelectField>
        )}
      </SecretDialog>
      <ConfirmDialog
        trigger={
          <Button tone="danger-quiet">
            <Trash2 aria-hidden />
            Delete
          </Button>
        }
        title="Delete this endpoint?"
        confirm="Delete endpoint"
        typed={new URL(endpoint.url).host}
        done="Endpoint deleted"
        action={remove}
      >
        <p>
          {endpoint.url} hears nothing more. {endpoint.deliveries.pending} waiting deliveries are dropped, and its log of{' '}
          {endpoint.deliveries.delivered + endpoint.deliveries.failed} goes with it.
        </p>
      </ConfirmDialog>
    </div>
  )
}
