'use client'

import { useRouter } from 'next/navigation'
import { StoredOnce } from '../keys/stored-once.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CheckboxField, FieldError, SelectField, TextareaField, TextField } from '../ui/field.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Notice } from '../ui/notice.tsx'
import { useForm } from '../ui/use-form.ts'

const METHODS = {
  none: 'Public: PKCE, no secret',
  client_secret_basic: 'Secret in the Authorization header (Basic)',
  client_secret_post: 'Secret in the request body',
  private_key_jwt: 'Signature with a private key of its own',
}

export type CreatedClient = { clientId: string; clientSecret: string }
type ClientFormProps = { action: FormAction<CreatedClient>; clientsHref: string; issuer: string; scopes: readonly string[] }

export function ClientForm({ action, clientsHref, issuer, scopes }: ClientFormProps) {
  const form = useForm(action)
  if (form.state.kind === 'done') return <CreatedSecret client={form.state.value} clientsHref={clientsHref} issuer={issuer} />
  return (
    <form {...form.props}>
      <Card>
        <CardBody className="gap-5 pt-5">
          {form.message && <Notice tone="bad">{form.message}</Notice>}
          <TextField
            label="Name"
            name="name"
            required
            maxLength={80}
            autoComplete="off"
            hint="People see it when they are asked to allow this client."
            defaultValue={form.value('name')}
            error={form.error('name')}
          />
          <TextareaField
            label="Redirect URIs"
            name="redirectUris"
            rows={3}
            spellCheck={false}
            className="font-mono text-[12.5px]"
            placeholder={'https://client.example.com/callback'}
            hint="One per line, compared letter by letter. For http://localhost and http://127.0.0.1 any port is accepted."
            defaultValue={form.value('redirectUris')}
            error={form.error('redirectUris')}
          />
          <SelectField
            label="Authentication"
            name="tokenEndpointAuthMethod"
            defaultValue={form.value('tokenEndpointAuthMethod', 'none')}
            hint="Public for apps on people’s machines and in browsers, which cannot keep a secret."
            error={form.error('tokenEndpointAuthMethod')}
          >
            {Object.entries(METHODS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </SelectField>
          <TextareaField
            label="Public keys"
            name="keys"
            rows={3}
            spellCheck={false}
            className="font-mono text-[12.5px]"
            placeholder={'https://client.example.com/jwks.json'}
            hint="For a private key only: where the client publishes its JSON Web Key Set, or the set itself."
            defaultValue={form.value('keys')}
            error={form.error('jwks') ?? form.error('jwksUri')}
          />
          <fieldset className="grid gap-3">
            <legend className="mb-2 font-medium text-[13px]">Ways to get a token</legend>
            <CheckboxField
              label="People sign in"
              name="authorizationCode"
              defaultChecked={form.value('authorizationCode', 'on') === 'on'}
              hint="Authorization code with PKCE, and refresh tokens."
            />
            <CheckboxField
              label="People sign in on another device"
              name="deviceCode"
              defaultChecked={form.value('deviceCode') === 'on'}
              hint="Device code, for what has no browser. Counts only while the project has it on."
            />
            <CheckboxField
              label="The client on its own behalf"
              name="clientCredentials"
              defaultChecked={form.value('clientCredentials') === 'on'}
              hint="Client credentials: no user, needs a secret or a key."
            />
            {form.error('grantTypes') && <FieldError>{form.error('grantTypes')}</FieldError>}
          </fieldset>
          <TextField
            label="Scopes it may have at most"
            name="scope"
            optional
            autoComplete="off"
            spellCheck={false}
            placeholder={scopes.join(' ')}
            hint="Separated by blanks. Empty: any scope of this project, also later ones."
            defaultValue={form.value('scope')}
            error={form.error('scope')}
          />
        </CardBody>
        <div className="flex justify-end border-t bg-sunken px-5 py-3">
          <Button type="submit" pending={form.pending}>
            Create client
          </Button>
        </div>
      </Card>
    </form>
  )
}

function CreatedSecret({ client, clientsHref, issuer }: { client: CreatedClient; clientsHref: string; issuer: string }) {
  const router = useRouter()
  return (
    <Card>
      <CardHeader title="The client is ready. Store its secret now" description={`Its id is ${client.clientId}.`} />
      <CardBody>
        <StoredOnce
          alongside={[
            ['OAUTH_ISSUER', issuer],
            ['OAUTH_CLIENT_ID', client.clientId],
          ]}
          secrets={[
            {
              label: 'Client secret',
              purpose: 'The client proves with it who it is.',
              variable: 'OAUTH_CLIENT_SECRET',
              value: client.clientSecret,
            },
          ]}
          onStored={() => router.replace(`${clientsHref}/${encodeURIComponent(client.clientId)}`)}
        />
      </CardBody>
    </Card>
  )
}
