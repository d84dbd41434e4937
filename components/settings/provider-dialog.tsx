'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { PROVIDER_PRESETS, type ProviderPresetName } from '#lib/management/upstream-providers/inputs.ts'
import type { ListedProvider } from '#lib/management/upstream-providers/list.ts'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { FormFooter } from '../ui/dialog.tsx'
import { SelectField, SwitchField, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { CallbackUrls } from './callback-urls.tsx'

/** What each provider calls the place where clients are made. */
const WHERE: Readonly<Record<ProviderPresetName, string>> = {
  google: 'Google Cloud console, APIs & Services, Credentials: an OAuth client ID of the type “Web application”.',
  github: 'GitHub, Settings, Developer settings: an OAuth App or a GitHub App.',
  entra: 'Microsoft Entra admin center, App registrations: a platform of the type “Web”. Its people come without an e-mail address.',
  okta: 'Okta admin console, Applications: an OIDC web application.',
  oidc: 'A confidential client for the authorization code flow.',
}

type Form = ReturnType<typeof useForm<string | null>>

type AddProviderProps = { id: string; callbackUrls: readonly string[]; action: FormAction; label?: string }

export function AddProviderDialog({ id, callbackUrls, action, label = 'Add' }: AddProviderProps) {
  const trigger = (
    <Button tone="secondary" size="sm">
      <Plus aria-hidden />
      {label}
    </Button>
  )
  return (
    <FormDialog trigger={trigger} title="Add an identity provider" opensAs="add-provider">
      {(close) => <AddProviderForm id={id} callbackUrls={callbackUrls} action={action} close={close} />}
    </FormDialog>
  )
}

export function EditProviderDialog({ provider, action }: { provider: ListedProvider; action: FormAction }) {
  const trigger = (
    <Button tone="ghost" size="sm" aria-label={`Edit ${provider.name}`}>
      Edit
    </Button>
  )
  return (
    <FormDialog trigger={trigger} title={provider.name}>
      {(close) => <EditProviderForm provider={provider} action={action} close={close} />}
    </FormDialog>
  )
}

type AddProps = { id: string; callbackUrls: readonly string[]; action: FormAction; close: () => void }

function AddProviderForm({ id, callbackUrls, action, close }: AddProps) {
  const form = useForm(action, () => {
    close()
    toast.success('Provider added')
  })
  const [preset, setPreset] = useState<ProviderPresetName>('google')
  // The id stands in the callback URL, which the provider was told: another page load must not change it under the form.
  const [own] = useState({ id, callbackUrls })
  const { issuerField } = PROVIDER_PRESETS[preset]
  return (
    <ActionForm form={form}>
      <input type="hidden" name="id" value={own.id} />
      <SelectField
        label="Provider"
        name="preset"
        value={preset}
        hint={WHERE[preset]}
        onChange={(event) => setPreset(event.target.value as ProviderPresetName)}
      >
        {Object.entries(PROVIDER_PRESETS).map(([value, { label }]) => (
          <option key={value} value={value}>
            {value === 'oidc' ? 'Any OpenID provider' : label}
          </option>
        ))}
      </SelectField>
      <CallbackUrls urls={own.callbackUrls} />
      {issuerField && (
        <TextField
          label={issuerField.label}
          {...form.field('issuer')}
          required
          autoComplete="off"
          spellCheck={false}
          placeholder={issuerField.example}
        />
      )}
      <Credentials form={form} clientId="" secretHint="Kept sealed, and never shown again." />
      <NameScopeAndTokens form={form} name="" namePlaceholder={PROVIDER_PRESETS[preset].label} scope="" keepTokens={false} />
      <Buttons form={form} words="Add" />
    </ActionForm>
  )
}

function EditProviderForm({ provider, action, close }: { provider: ListedProvider; action: FormAction; close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success(`${provider.name} saved`)
  })
  return (
    <ActionForm form={form}>
      {form.error('signInPassword') && <Notice tone="bad">{form.error('signInPassword')}.</Notice>}
      <SwitchField
        label="People can sign in with it"
        name="enabled"
        defaultChecked={provider.enabled}
        hint="Off: its button is not there, and its users stay."
      />
      <Credentials form={form} clientId={provider.clientId} secretHint="Left empty, the one you gave stays." />
      <NameScopeAndTokens form={form} name={provider.name} scope={provider.scope} keepTokens={provider.keepTokens} />
      <Buttons form={form} words="Save" />
    </ActionForm>
  )
}

function Credentials({ form, clientId, secretHint }: { form: Form; clientId: string; secretHint: string }) {
  return (
    <>
      <TextField label="Client ID" {...form.field('clientId', clientId)} required autoComplete="off" spellCheck={false} />
      <TextField
        label="Client secret"
        name="clientSecret"
        type="password"
        autoComplete="off"
        spellCheck={false}
        hint={secretHint}
        error={form.error('clientSecret')}
      />
    </>
  )
}

type RestProps = { form: Form; name: string; namePlaceholder?: string; scope: string; keepTokens: boolean }

function NameScopeAndTokens({ form, name, namePlaceholder, scope, keepTokens }: RestProps) {
  return (
    <>
      <TextField
        label="Name on the button"
        {...form.field('name', name)}
        optional
        autoComplete="off"
        maxLength={80}
        {...(namePlaceholder ? { placeholder: namePlaceholder } : {})}
      />
      <TextField
        label="Further scopes"
        {...form.field('scope', scope)}
        optional
        autoComplete="off"
        spellCheck={false}
        hint="Beyond what signing in needs, with blanks between them: what your server wants to do there for its users."
      />
      <SwitchField
        label="Keep the provider’s tokens"
        name="keepTokens"
        defaultChecked={keepTokens}
        hint="Sealed. Your server fetches a user’s with its server secret; clients never get them."
      />
    </>
  )
}

function Buttons({ form, words }: { form: Form; words: string }) {
  return <FormFooter pending={form.pending}>{words}</FormFooter>
}
