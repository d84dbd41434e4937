'use client'

import { type ReactNode, useState } from 'react'
import { ActionForm } from '../ui/action-form.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { CheckboxField, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'

type AliasDialogProps = {
  trigger: ReactNode
  action: FormAction
  resource: { readonly identifier: string; readonly name: string }
  /** What clients asked for, where that is what it is about. */
  suggested?: string
}

/** One more name of a resource. A name on another host is a trap if that host is somebody else's, so it wants a word of its own. */
export function AliasDialog({ trigger, action, resource, suggested }: AliasDialogProps) {
  return (
    <FormDialog trigger={trigger} title={`Add an alias of ${resource.name}`}>
      {(close) => <AliasForm action={action} resource={resource} close={close} {...(suggested ? { suggested } : {})} />}
    </FormDialog>
  )
}

const hostOf = (text: string): string | null => /^https?:\/\/([^/?#]+)/i.exec(text.trim())?.[1]?.toLowerCase() ?? null

function AliasForm({ action, resource, suggested = '', close }: Omit<AliasDialogProps, 'trigger'> & { close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success('Alias added')
  })
  const [typed, setTyped] = useState(suggested)
  const [isOurs, setIsOurs] = useState(false)
  const host = hostOf(typed)
  const foreign = host !== null && host !== hostOf(resource.identifier)
  return (
    <ActionForm form={form}>
      <TextField
        label="Alias"
        name="alias"
        type="url"
        required
        maxLength={2000}
        autoComplete="off"
        spellCheck={false}
        placeholder={`${resource.identifier}/sse`}
        hint="Another address that clients ask for, such as an older path or host."
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={form.error('alias')}
      />
      <p className="text-[13px] text-ink-soft">
        Tokens carry <code className="wrap-anywhere font-mono text-[12.5px]">aud = {resource.identifier}</code> all the same, so your server
        needs no change.
      </p>
      {foreign && (
        <>
          <Notice tone="warn" title={`${host} is another host`}>
            Whoever runs it is handed tokens that are good at your server. Anybody can send clients here with an address of their own: add
            it only if the host is yours.
          </Notice>
          <CheckboxField label={`${host} is ours`} checked={isOurs} onChange={(event) => setIsOurs(event.target.checked)} />
        </>
      )}
      <FormFooter pending={form.pending} disabled={foreign && !isOurs}>
        Add alias
      </FormFooter>
    </ActionForm>
  )
}
