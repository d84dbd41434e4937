import type { OrganisationDetails } from '#lib/management/organisations/get.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'

/** `action` is null for readers; else it makes it what it is not. */
export function SecondFactorCard({ organisation, action }: { organisation: OrganisationDetails; action: FormAction | null }) {
  const { requireSecondFactor: on, membersWithoutSecondFactor: without, memberCount } = organisation
  return (
    <Card>
      <CardHeader
        title="Second factor"
        description="Whether members need an authenticator app or a passkey to work here. A stolen password alone then opens nothing."
        action={on ? <Badge tone="good">Required</Badge> : <Badge>Not required</Badge>}
      />
      <CardBody>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-[13px] text-ink-soft">
            {without === 0
              ? 'Every member has one.'
              : `${without} of ${memberCount} ${memberCount === 1 ? 'member' : 'members'} ${without === 1 ? 'has' : 'have'} none.`}
          </p>
          {action && (on ? <SwitchOff action={action} /> : <SwitchOn without={without} action={action} />)}
        </div>
      </CardBody>
    </Card>
  )
}

function SwitchOn({ without, action }: { without: number; action: FormAction }) {
  return (
    <ConfirmDialog
      trigger={
        <Button tone="secondary" size="sm">
          Require it
        </Button>
      }
      title="Require a second factor?"
      confirm="Require it"
      danger={false}
      done="A second factor is required now"
      action={action}
    >
      <p>
        {without === 0
          ? 'Every member has one: nobody is held up.'
          : `${without === 1 ? '1 member has' : `${without} members have`} none, and will reach only their profile until they set one up.`}
      </p>
      <p>API keys go on working.</p>
    </ConfirmDialog>
  )
}

function SwitchOff({ action }: { action: FormAction }) {
  return (
    <ConfirmDialog
      trigger={
        <Button tone="danger-quiet" size="sm">
          Require it no longer
        </Button>
      }
      title="Require no second factor any more?"
      confirm="Require it no longer"
      done="A second factor is not required any more"
      action={action}
    >
      <p>A password alone opens this organisation then, for members who have no second factor.</p>
    </ConfirmDialog>
  )
}
