'use client'

import { type ReactNode, useState } from 'react'
import type { ListedScope } from '#lib/management/scopes/list.ts'
import { ActionForm } from '../ui/action-form.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { SelectField, SwitchField, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { ConsentPreview } from './consent-preview.tsx'
import { RISK_WORDS } from './scope-words.ts'

type ScopeDialogProps = { trigger: ReactNode; action: FormAction; scope?: ListedScope }

/** With a scope it edits that one, whose name stays; without, it adds one. */
export function ScopeDialog({ trigger, action, scope }: ScopeDialogProps) {
  return (
    <FormDialog trigger={trigger} title={scope ? `Edit ${scope.name}` : 'Add scope'} opensAs={scope ? undefined : 'add-scope'}>
      {(close) => <ScopeForm action={action} close={close} {...(scope ? { scope } : {})} />}
    </FormDialog>
  )
}

const NEW = { name: '', description: '', risk: 'low', isRequired: false } as const satisfies Partial<ListedScope>

function ScopeForm({ action, scope, close }: { action: FormAction; scope?: ListedScope; close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success(scope ? 'Scope saved' : 'Scope added')
  })
  const [typed, setTyped] = useState<Pick<ListedScope, 'name' | 'description' | 'risk' | 'isRequired'>>(scope ?? NEW)
  const type = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change })
  return (
    <ActionForm form={form}>
      {!scope && (
        <TextField
          label="Name"
          name="name"
          required
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          placeholder="notes:read"
          hint="As your server checks it. It can not be renamed later, because tokens carry it."
          value={typed.name}
          onChange={(event) => type({ name: event.target.value })}
          error={form.error('name')}
        />
      )}
      <TextField
        label="In words"
        name="description"
        required
        maxLength={200}
        autoComplete="off"
        placeholder="Read your notes"
        hint="People read this sentence when they decide."
        value={typed.description}
        onChange={(event) => type({ description: event.target.value })}
        error={form.error('description')}
      />
      <SelectField
        label="Risk"
        name="risk"
        hint={RISK_WORDS[typed.risk].hint}
        value={typed.risk}
        onChange={(event) => type({ risk: event.target.value as ListedScope['risk'] })}
        error={form.error('risk')}
      >
        {Object.entries(RISK_WORDS).map(([value, { label }]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <SwitchField
        label="Default"
        name="isDefault"
        defaultChecked={scope?.isDefault ?? false}
        hint="Offered when a client asks for no scope at all."
      />
      <SwitchField
        label="Required"
        name="isRequired"
        checked={typed.isRequired}
        onChange={(event) => type({ isRequired: event.target.checked })}
        hint="Where a client asks for it, people can not untick it: they allow it or deny the request."
      />
      <ConsentPreview {...typed} />
      <FormFooter pending={form.pending}>{scope ? 'Save scope' : 'Add scope'}</FormFooter>
    </ActionForm>
  )
}
