import type { OrganisationDetails } from '#lib/management/organisations/get.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'

type DeleteProps = { organisation: Pick<OrganisationDetails, 'name' | 'memberCount' | 'projectCount'>; action: FormAction }

export function DeleteOrganisationCard({ organisation: { name, memberCount, projectCount }, action }: DeleteProps) {
  const others = memberCount - 1
  return (
    <Card className="border-bad/30">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
        <div className="grid min-w-0 gap-0.5">
          <h2 className="wrap-anywhere font-semibold text-[15px]">Delete {name}</h2>
          <p className="text-[13px] text-ink-soft">
            {projectCount > 0
              ? `It has ${projectCount === 1 ? 'a project' : `${projectCount} projects`}. Delete ${projectCount === 1 ? 'it' : 'them'} first.`
              : 'It has no projects. Its members keep their accounts.'}
          </p>
        </div>
        {projectCount === 0 && (
          <ConfirmDialog
            trigger={<Button tone="danger-quiet">Delete organisation</Button>}
            title={`Delete ${name}?`}
            confirm="Delete organisation"
            typed={name}
            done={`${name} is deleted`}
            action={action}
          >
            <p>
              {others > 0 && `${others === 1 ? 'The other member loses' : `The ${others} other members lose`} it. `}
              Its API keys stop working, and open invitations are void. Its activity log is erased after thirty days. There is no undo.
            </p>
          </ConfirmDialog>
        )}
      </div>
    </Card>
  )
}
