import type { ClientSummary } from '#lib/management/clients/summary.ts'
import { Badge } from '../ui/badge.tsx'
import { Tooltip } from '../ui/tooltip.tsx'

export const METHODS = {
  none: 'Public, PKCE',
  client_secret_basic: 'Secret, Basic',
  client_secret_post: 'Secret, POST',
  private_key_jwt: 'Signed assertion',
} as const

type Origin = Pick<ClientSummary, 'source' | 'trusted'>

export function sourceWords({ source, trusted }: Origin): string {
  if (source === 'registered') return trusted ? 'Registered with secret' : 'Registered itself'
  if (source === 'document') return 'Metadata document'
  return source === 'manual' ? 'Made by hand' : 'Built in'
}

const WHY: Record<Origin['source'], string> = {
  registered: 'Registered itself: its name is what it says of itself, and the consent page says so',
  manual: 'Made by hand: its name is yours',
  builtin: 'Made with the project',
  document: 'Its domain published it: the consent page shows that domain, and its name as what it calls itself',
}

/** The same mark as on the consent page: who registers chooses its own name, with the secret or without. */
export function VerifiedBadge({ source }: Origin) {
  const verified = source !== 'registered'
  return (
    <Tooltip text={WHY[source]}>
      <button type="button" className="w-fit cursor-default rounded-full">
        <Badge tone={verified ? 'good' : 'warn'}>{source === 'document' ? 'Verified domain' : verified ? 'Verified' : 'Unverified'}</Badge>
      </button>
    </Tooltip>
  )
}

/** Where it returns to: the host, or the scheme of a native app. */
export const redirectHosts = (uris: readonly string[]): string[] => [...new Set(uris.map(hostOf))]

function hostOf(uri: string): string {
  if (!URL.canParse(uri)) return uri
  const { protocol, host } = new URL(uri)
  return protocol === 'https:' || protocol === 'http:' ? host : protocol
}
