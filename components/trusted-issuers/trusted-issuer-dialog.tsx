'use client'

import type { ReactNode } from 'react'
import type { ListedTrustedIssuer } from '#lib/management/trusted-issuers/list.ts'
import { ActionForm } from '../ui/action-form.tsx'
import { CodeField } from '../ui/code-field.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { Facts } from '../ui/facts.tsx'
import { RadioField, SwitchField, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { toast } from '../ui/toast.tsx'
import { type FormFields, useForm } from '../ui/use-form.ts'
import { KINDS, ruleText } from './trusted-issuer-words.ts'

type TrustedIssuerDialogProps = { trigger: ReactNode; action: FormAction; trusted?: ListedTrustedIssuer }

/** With one it edits that, whose name and purpose stay; without, it adds one. */
export function TrustedIssuerDialog({ trigger, action, trusted }: TrustedIssuerDialogProps) {
  return (
    <FormDialog
      trigger={trigger}
      title={trusted ? 'Edit trusted issuer' : 'Trust an issuer'}
      opensAs={trusted ? undefined : 'trust-issuer'}
    >
      {(close) => <TrustedIssuerForm action={action} close={close} {...(trusted ? { trusted } : {})} />}
    </FormDialog>
  )
}

function TrustedIssuerForm({ action, trusted, close }: Omit<TrustedIssuerDialogProps, 'trigger'> & { close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success(trusted ? 'Trusted issuer saved' : 'Issuer trusted')
  })
  return (
    <ActionForm form={form}>
      {trusted && (
        <Facts
          facts={[
            ['Issuer', trusted.issuer],
            ['Says who is', KINDS[trusted.kind].label],
          ]}
        />
      )}
      {!trusted && <IssuerFields form={form} />}
      <TextField
        label="Where its keys are"
        name="jwksUri"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://idp.example.com/.well-known/jwks.json"
        hint={trusted?.hasKeys ? 'Its keys are kept here. A URL replaces them.' : undefined}
        defaultValue={form.value('jwksUri', trusted?.jwksUri ?? '')}
        error={form.error('jwksUri') ?? form.error('jwks')}
      />
      {(!trusted || trusted.kind === 'subject-token') && (
        <TextField
          label="Audience"
          {...form.field('audience', trusted?.audience ?? '')}
          optional
          autoComplete="off"
          spellCheck={false}
          hint="aud that its tokens for users have, such as your client id there. Left empty: this project’s issuer URL."
        />
      )}
      <CodeField
        label="Rules"
        {...form.field('rules', trusted?.rules.map(ruleText).join('\n'))}
        optional
        rows={3}
        placeholder={'repository=acme/notes ref=refs/heads/main → read write'}
        hint="One per line: the claims a token must have, and the scopes it may then get. Programs need at least one."
      />
      {trusted?.kind !== 'workload' && (
        <SwitchField
          label="Same address, same person"
          name="linkByEmail"
          defaultChecked={form.value('linkByEmail', trusted?.linkByEmail ? 'on' : '') === 'on'}
          hint="Somebody whose address both sides have verified keeps the account they have here."
        />
      )}
      <FormFooter pending={form.pending}>{trusted ? 'Save' : 'Trust it'}</FormFooter>
    </ActionForm>
  )
}

/** Who it is and what for: never changed, only trusted anew. */
function IssuerFields({ form }: { form: FormFields }) {
  const kind = form.value('kind', 'subject-token')
  return (
    <>
      <fieldset className="grid gap-3">
        <legend className="mb-2 font-medium text-[13px]">It may say who is</legend>
        {Object.entries(KINDS).map(([value, { label, hint }]) => (
          <RadioField key={value} label={label} name="kind" value={value} defaultChecked={kind === value} hint={hint} />
        ))}
      </fieldset>
      <TextField
        label="Issuer"
        {...form.field('issuer')}
        required
        autoComplete="off"
        spellCheck={false}
        placeholder="https://idp.example.com"
        hint="iss of its tokens, letter by letter."
      />
    </>
  )
}
