'use client'

import type { ClientDetails } from '#lib/management/clients/get.ts'
import { ActionForm } from '../ui/action-form.tsx'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { FormFooter } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { ClientLogoField, ClientNameField, GrantBoxes, RedirectUrisField, ScopeCeilingField } from './client-fields.tsx'
import { GRANT_BOXES } from './grant-boxes.ts'

type EditProps = { client: ClientDetails; scopes: readonly string[]; action: FormAction }

export function EditClientDialog(props: EditProps) {
  return (
    <FormDialog
      trigger={
        <Button tone="secondary" size="sm">
          Edit
        </Button>
      }
      title={`Edit ${props.client.name}`}
    >
      {(close) => <EditForm {...props} close={close} />}
    </FormDialog>
  )
}

function EditForm({ client, scopes, action, close }: EditProps & { close: () => void }) {
  const form = useForm(action, () => {
    close()
    toast.success('Client saved')
  })
  const grants = form.state.kind === 'refused' ? null : client.grantTypes
  return (
    <ActionForm form={form}>
      {client.userCount > 0 && (
        <Notice tone="info">
          {counted(client.userCount, 'user')} keep{client.userCount === 1 ? 's' : ''} the access they gave. After a change of name, website,
          logo or redirect URIs each is asked for consent again the next time they connect.
        </Notice>
      )}
      <ClientNameField form={form} initial={client.name} />
      <TextField
        label="Website"
        {...form.field('clientUri', client.clientUri ?? '')}
        optional
        type="url"
        autoComplete="off"
        placeholder="https://client.example.com"
      />
      <ClientLogoField
        form={form}
        initial={client.logoUri ?? ''}
        {...(client.source === 'registered' && { hint: 'Kept, but not shown: this client registered itself.' })}
      />
      <RedirectUrisField form={form} initial={client.redirectUris.join('\n')} />
      <input type="hidden" name="otherGrants" value={othersOf(client).join(' ')} />
      <GrantBoxes
        ticked={({ name, grant }) => (grants ? grants.includes(grant) : form.value(name) === 'on')}
        error={form.error('grantTypes') ?? form.error('tokenEndpointAuthMethod')}
      />
      <ScopeCeilingField form={form} initial={client.scope ?? ''} scopes={scopes} />
      <FormFooter pending={form.pending}>Save client</FormFooter>
    </ActionForm>
  )
}

/** Ways that the form has no box for. */
const othersOf = ({ grantTypes }: ClientDetails): string[] =>
  grantTypes.filter((each) => each !== 'refresh_token' && !GRANT_BOXES.some(({ grant }) => grant === each))
