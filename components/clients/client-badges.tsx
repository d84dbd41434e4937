import type { ClientSummary } from '#lib/management/clients/summary.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Tooltip } from '../ui/tooltip.tsx'

export const METHODS = {
  none: 'Public, PKCE',
  client_secret_basic: 'Secret, Basic',
  client_secret_post: 'Secret, POST',
  private_key_jwt: 'Signed assertion',
} as const

/** Ways to get a token (RFC 7591 §2 `grant_types`), in words. */
const GRANTS: Readonly<Record<string, string>> = {
  authorization_code: 'People sign in (authorization code)',
  refresh_token: 'Refresh tokens',
  client_credentials: 'On its own behalf (client credentials)',
  'urn:ietf:params:oauth:grant-type:device_code': 'People sign in on another device (device code)',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'Token exchange',
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'The word of an identity provider (JWT bearer)',
}

export const grantWords = (grant: string): string => GRANTS[grant] ?? grant

type Origin = Pick<ClientSummary, 'source' | 'trusted' | 'origin'>

export const ORIGINS = {
  manual: 'Made by hand',
  'registered-with-secret': 'Registered with secret',
  'registered-openly': 'Registered itself',
  document: 'Metadata document',
  builtin: 'Built in',
} as const satisfies Record<ClientSummary['origin'], string>

/** How it came, in a sentence. */
export const HOW_IT_CAME = {
  manual: 'A member made it in the dashboard, on the command line or through the API.',
  'registered-with-secret': 'It registered itself (RFC 7591) with the registration secret, so somebody you trust sent it.',
  'registered-openly': 'It registered itself (RFC 7591) while registration was open: anybody can, under any name.',
  document: 'Its id is the URL of its metadata document: whoever holds that domain says what it is.',
  builtin: 'It came with the project.',
} as const satisfies Record<ClientSummary['origin'], string>

const WHY: Record<ClientSummary['source'], string> = {
  registered: 'Registered itself: its name is what it says of itself, and the consent page says so',
  manual: 'Made by hand: its name is yours',
  builtin: 'Made with the project',
  document: 'Its domain published it: the consent page shows that domain, and its name as what it calls itself',
}

/** The same mark as on the consent page: who registers chooses its own name, with the secret or without. */
export function VerifiedBadge({ source }: Pick<Origin, 'source'>) {
  const verified = source !== 'registered'
  return (
    <Tooltip text={WHY[source]}>
      <button type="button" className="w-fit cursor-default rounded-full">
        <Badge tone={verified ? 'good' : 'neutral'}>
          {source === 'document' ? 'Verified domain' : verified ? 'Verified' : 'Unverified'}
        </Badge>
      </button>
    </Tooltip>
  )
}

export const STATUSES = {
  active: { label: 'Active', tone: 'good' },
  unused: { label: 'Never used', tone: 'neutral' },
  blocked: { label: 'Blocked', tone: 'warn' },
  deleted: { label: 'Deleted', tone: 'bad' },
} as const satisfies Record<ClientSummary['status'], { label: string; tone: Tone }>

export const ClientStatusBadge = ({ status }: Pick<ClientSummary, 'status'>) => (
  <Badge dot tone={STATUSES[status].tone}>
    {STATUSES[status].label}
  </Badge>
)

/** Where it returns to: the host, or the scheme of a native app. */
export const redirectHosts = (uris: readonly string[]): string[] => [...new Set(uris.map(hostOf))]

function hostOf(uri: string): string {
  if (!URL.canParse(uri)) return uri
  const { protocol, host } = new URL(uri)
  return protocol === 'https:' || protocol === 'http:' ? host : protocol
}
