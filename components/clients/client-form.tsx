'use client'

import { useRouter } from 'next/navigation'
import { StoredOnce } from '../keys/stored-once.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CodeField } from '../ui/code-field.tsx'
import { SelectField } from '../ui/field.tsx'
import { FormCard } from '../ui/form-card.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { useForm } from '../ui/use-form.ts'
import { ClientLogoField, ClientNameField, GrantBoxes, RedirectUrisField, ScopeCeilingField } from './client-fields.tsx'

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
    <FormCard form={form} submit="Create client">
      <ClientNameField form={form} />
      <ClientLogoField form={form} />
      <RedirectUrisField form={form} />
      {/* Without script too: the question for the keys comes with the answer that needs them. */}
      <div className="group/method grid gap-5">
        <SelectField
          label="Authentication"
          {...form.field('tokenEndpointAuthMethod', 'none')}
          hint="Public for apps on people’s machines and in browsers, which cannot keep a secret."
        >
          {Object.entries(METHODS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <div className="hidden group-has-[option[value=private\_key\_jwt]:checked]/method:block">
          <CodeField
            label="Public keys"
            {...form.field('keys')}
            rows={3}
            placeholder={'https://client.example.com/jwks.json'}
            hint="Where the client publishes its JSON Web Key Set, or the set itself."
            error={form.error('jwks') ?? form.error('jwksUri')}
          />
        </div>
      </div>
      <GrantBoxes
        ticked={({ name }) => form.value(name, name === 'authorizationCode' ? 'on' : '') === 'on'}
        error={form.error('grantTypes')}
      />
      <ScopeCeilingField form={form} scopes={scopes} />
    </FormCard>
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
