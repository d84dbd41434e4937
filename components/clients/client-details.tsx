import type { ReactNode } from 'react'
import type { ClientDetails } from '#lib/management/clients/get.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { Facts } from '../ui/facts.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { METHODS } from './client-badges.tsx'

const GRANTS: Record<string, string> = {
  authorization_code: 'Authorization code',
  refresh_token: 'Refresh token',
  client_credentials: 'Client credentials',
  'urn:ietf:params:oauth:grant-type:device_code': 'Device code',
}

export function ClientDetailsCard({ client }: { client: ClientDetails }) {
  const facts: [string, ReactNode][] = [
    [
      client.source === 'document' ? 'Client id, its document' : 'Client id',
      <Copyable key="id" label="client id" value={client.clientId} />,
    ],
    ['Authentication', METHODS[client.tokenEndpointAuthMethod]],
    ['Ways to get a token', client.grantTypes.map((grant) => GRANTS[grant] ?? grant).join(', ')],
    ['Scopes at most', client.scope ?? 'Any of this project'],
    ['Kind', client.applicationType === 'native' ? 'Native app' : 'Web app'],
    ['Website', client.clientUri],
    ['Last used', <RelativeTime key="used" at={client.lastUsedAt} />],
    ['Created', <RelativeTime key="created" at={client.createdAt} />],
  ]
  return (
    <Card>
      <CardHeader title="Details" />
      <CardBody>
        <Facts facts={facts.filter(([, value]) => value !== null)} />
        <div className="grid gap-2">
          <h3 className="font-medium text-[13px]">Redirect URIs</h3>
          {client.redirectUris.length === 0 && (
            <p className="text-[13px] text-ink-soft">None: this client never sends people to sign in.</p>
          )}
          {client.redirectUris.map((uri) => (
            <Copyable key={uri} label="redirect URI" value={uri} />
          ))}
        </div>
      </CardBody>
    </Card>
  )
}
