'use client'

import { Pencil } from 'lucide-react'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { EndpointFields } from './endpoint-fields.tsx'

type EditEndpointProps = {
  endpoint: { readonly url: string; readonly description: string; readonly events: readonly string[] }
  action: FormAction
}

export function EditEndpoint(props: EditEndpointProps) {
  return (
    <FormDialog
      trigger={
        <Button tone="secondary">
          <Pencil aria-hidden />
          Edit
        </Button>
      }
      title="Edit endpoint"
    >
      {(close) => <EditForm {...props} close={close} />}
    </FormDialog>
  )
}

function EditForm({ endpoint, action, close }: EditEndpointProps & { close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success('Endpoint saved')
  })
  return (
    <ActionForm form={form}>
      <EndpointFields form={form} initial={endpoint} />
      <FormFooter pending={form.pending}>Save</FormFooter>
    </ActionForm>
  )
}
