'use client'

import { useState } from 'react'
import type { ClientDetails } from '#lib/management/clients/get.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { Dialog, DialogContent, DialogTrigger, FormFooter } from '../ui/dialog.tsx'
import { CheckboxField, FieldError, TextareaField, TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { GRANT_BOXES } from './grant-boxes.ts'

type EditProps = { client: ClientDetails; scopes: readonly string[]; action: FormAction }

export function EditClientDialog(props: EditProps) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button tone="secondary" size="sm">
          Edit
        </Button>
      </DialogTrigger>
      <DialogContent title={`Edit ${props.client.name}`}>
        <EditForm {...props} close={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

function EditForm({ client, scopes, action, close }: EditProps & { close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success('Client saved')
  })
  const grants = form.state.kind === 'refused' ? null : client.grantTypes
  return (
    <form {...form.props} className="grid gap-4">
      {form.message && <Notice tone="bad">{form.message}</Notice>}
      {client.userCount > 0 && (
        <Notice tone="info">
          {counted(client.userCount, 'user')} keep{client.userCount === 1 ? 's' : ''} the access they gave. After a change of name, website
          or redirect URIs each is asked for consent again the next time they connect.
        </Notice>
      )}
      <TextField
        label="Name"
        name="name"
        required
        maxLength={80}
        autoComplete="off"
        hint="People see it when they are asked to allow this client."
        defaultValue={form.value('name', client.name)}
        error={form.error('name')}
      />
      <TextField
        label="Website"
        name="clientUri"
        optional
        type="url"
        autoComplete="off"
        placeholder="https://client.example.com"
        defaultValue={form.value('clientUri', client.clientUri ?? '')}
        error={form.error('clientUri')}
      />
      <TextareaField
        label="Redirect URIs"
        name="redirectUris"
        rows={3}
        spellCheck={false}
        className="font-mono text-[12.5px]"
        hint="One per line, compared letter by letter. For http://localhost and http://127.0.0.1 any port is accepted."
        defaultValue={form.value('redirectUris', client.redirectUris.join('\n'))}
        error={form.error('redirectUris')}
      />
      <fieldset className="grid gap-3">
        <legend className="mb-2 font-medium text-[13px]">Ways to get a token</legend>
        {GRANT_BOXES.map(({ name, label, hint, grant }) => (
          <CheckboxField
            key={name}
            label={label}
            name={name}
            hint={hint}
            defaultChecked={grants ? grants.includes(grant) : form.value(name) === 'on'}
          />
        ))}
        <input type="hidden" name="otherGrants" value={othersOf(client).join(' ')} />
        {(form.error('grantTypes') ?? form.error('tokenEndpointAuthMethod')) && (
          <FieldError>{form.error('grantTypes') ?? form.error('tokenEndpointAuthMethod')}</FieldError>
        )}
      </fieldset>
      <TextField
        label="Scopes it may have at most"
        name="scope"
        optional
        autoComplete="off"
        spellCheck={false}
        placeholder={scopes.join(' ')}
        hint="Separated by blanks. Empty: any scope of this project, also later ones."
        defaultValue={form.value('scope', client.scope ?? '')}
        error={form.error('scope')}
      />
      <FormFooter pending={form.pending}>Save client</FormFooter>
    </form>
  )
}

/** Ways that the form has no box for. */
const othersOf = ({ grantTypes }: ClientDetails): string[] =>
  grantTypes.filter((each) => each !== 'refresh_token' && !GRANT_BOXES.some(({ grant }) => grant === each))
