'use client'

import type { ListedMember } from '#lib/management/members/list.ts'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { RoleField } from './role-field.tsx'
import type { RoleName } from './role-words.ts'

type ChangeRoleProps = { member: ListedMember; roles: readonly RoleName[]; action: FormAction }

export function ChangeRoleDialog({ member, roles, action }: ChangeRoleProps) {
  return (
    <FormDialog
      trigger={
        <Button tone="secondary" size="sm" aria-label={`Change role of ${member.name}`}>
          Change role
        </Button>
      }
      title={`Role of ${member.name}`}
      description="Counts from their next click on."
    >
      {(close) => <ChangeRoleForm member={member} roles={roles} action={action} close={close} />}
    </FormDialog>
  )
}

function ChangeRoleForm({ member, roles, action, close }: ChangeRoleProps & { close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success('Role changed')
  })
  return (
    <ActionForm form={form}>
      <RoleField roles={roles} initial={member.role as RoleName} error={form.error('role')} />
      <FormFooter pending={form.pending}>Change role</FormFooter>
    </ActionForm>
  )
}
