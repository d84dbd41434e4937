import type { ReactNode } from 'react'
import type { ClientDetails } from '#lib/management/clients/get.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { Facts } from '../ui/facts.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { grantWords, HOW_IT_CAME, METHODS } from './client-badges.tsx'
import { clientJson } from './client-json.ts'
import { ClientLogo } from './client-logo.tsx'

type DetailsProps = { client: ClientDetails; logoSrc: string }

/** `logoSrc`: of our copy of its logo. */
export function ClientDetailsCard({ action, ...props }: DetailsProps & { action?: ReactNode }) {
  const { client } = props
  return (
    <Card>
      <CardHeader title="Details" description={HOW_IT_CAME[client.origin]} action={action} />
      <CardBody>
        <Tabs
          label="Client metadata"
          tabs={[
            { id: 'words', label: 'In words', panel: <InWords {...props} /> },
            {
              id: 'json',
              label: 'As JSON',
              panel: <CodeBlock title="Client metadata, RFC 7591" language="json" code={clientJson(client)} />,
            },
          ]}
        />
      </CardBody>
    </Card>
  )
}

function InWords({ client, logoSrc }: DetailsProps) {
  const isDocument = client.source === 'document'
  const facts: [string, ReactNode][] = [
    [isDocument ? 'Client id, its document' : 'Client id', <Copyable key="id" label="client id" value={client.clientId} />],
    ...(isDocument ? [['Document read', <DocumentRead key="read" client={client} />] as [string, ReactNode]] : []),
    ['Authentication', client.tokenEndpointAuthMethods.map((method) => METHODS[method as keyof typeof METHODS] ?? method).join(', or ')],
    ['Ways to get a token', client.grantTypes.map(grantWords).join(', ')],
    ['Scopes at most', client.scope ?? 'Any of this project, also later ones'],
    ['Kind', client.applicationType === 'native' ? 'Native app, on people’s machines' : 'Web app, on a server'],
    ['Website', client.clientUri],
    ['Logo', client.logoUri && <ClientLogo key="logo" client={client} src={logoSrc} />],
    ['Public keys', keysOf(client)],
    ['Tokens', client.dpopBoundAccessTokens ? 'Bound to a key of the client (DPoP)' : null],
    ['Last used', <RelativeTime key="used" at={client.lastUsedAt} />],
    ['Created', <RelativeTime key="created" at={client.createdAt} />],
  ]
  return (
    <>
      <Facts facts={facts.filter(([, value]) => value !== null)} />
      <div className="grid gap-2">
        <h3 className="font-medium text-[13px]">Redirect URIs</h3>
        {client.redirectUris.length === 0 && <p className="text-[13px] text-ink-soft">None: this client never sends people to sign in.</p>}
        {client.redirectUris.map((uri) => (
          <Copyable key={uri} label="redirect URI" value={uri} />
        ))}
      </div>
    </>
  )
}

function keysOf({ jwks, jwksUri }: ClientDetails): ReactNode {
  if (jwksUri !== null) return <Copyable label="URL of its keys" value={jwksUri} />
  return jwks && `${jwks.keys.length === 1 ? '1 key' : `${jwks.keys.length} keys`}, kept here`
}

function DocumentRead({ client: { documentReadAt, documentStaleAt } }: { client: ClientDetails }) {
  return (
    <span>
      <RelativeTime at={documentReadAt} />.{' '}
      <span className="text-ink-soft">
        {documentStaleAt
          ? 'No older copy counts: it is read again when the client is next used.'
          : 'It is read again when the client next sends somebody to sign in and our copy is no longer fresh.'}
      </span>
    </span>
  )
}
