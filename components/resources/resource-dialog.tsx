'use client'

import { type ReactNode, useState } from 'react'
import { ActionForm } from '../ui/action-form.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { NameField } from '../ui/name-field.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { SpellingLine } from './spelling.tsx'

type ResourceDialogProps = { trigger: ReactNode; action: FormAction; resource?: { readonly identifier: string; readonly name: string } }

/** With a resource it renames that one, whose identifier stays; without, it adds one. */
export function ResourceDialog({ trigger, action, resource }: ResourceDialogProps) {
  return (
    <FormDialog
      trigger={trigger}
      title={resource ? `Rename ${resource.name}` : 'Add resource'}
      opensAs={resource ? undefined : 'add-resource'}
    >
      {(close) => <ResourceForm action={action} close={close} {...(resource ? { resource } : {})} />}
    </FormDialog>
  )
}

function ResourceForm({ action, resource, close }: Omit<ResourceDialogProps, 'trigger'> & { close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success(resource ? 'Resource renamed' : 'Resource added')
  })
  const [typed, setTyped] = useState('')
  return (
    <ActionForm form={form}>
      <NameField {...form.field('name', resource?.name)} placeholder="Files" hint="People read it on the consent page." />
      {!resource && (
        <>
          <TextField
            label="MCP server URL"
            name="identifier"
            type="url"
            required
            maxLength={2000}
            autoComplete="off"
            spellCheck={false}
            placeholder="https://files.example.com/mcp"
            hint="Exactly as your server names itself in its metadata. It can not be changed later, because tokens carry it."
            defaultValue={form.value('identifier')}
            onChange={(event) => setTyped(event.target.value)}
            error={form.error('identifier')}
          />
          <SpellingLine typed={typed} />
          <p className="text-[13px] text-ink-soft">
            Clients may send it with or without a final slash, in upper case or with the default port: all of these are understood.
          </p>
        </>
      )}
      <FormFooter pending={form.pending}>{resource ? 'Save name' : 'Add resource'}</FormFooter>
    </ActionForm>
  )
}
