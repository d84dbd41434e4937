'use client'

import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogContent, DialogTrigger, FormFooter } from '../ui/dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { EndpointFields } from './endpoint-fields.tsx'

type EditEndpointProps = {
  endpoint: { readonly url: string; readonly description: string; readonly events: readonly string[] }
  action: FormAction
}

export function EditEndpoint(props: EditEndpointProps) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button tone="secondary">
          <Pencil aria-hidden />
          Edit
        </Button>
      </DialogTrigger>
      <DialogContent title="Edit endpoint">
        <EditForm {...props} close={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
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
