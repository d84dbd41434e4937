import type { ClientSummary } from '#lib/management/clients/summary.ts'
import { Badge } from '../ui/badge.tsx'
import { Tooltip } from '../ui/tooltip.tsx'

const SOURCES = { registered: 'Registered', manual: 'By hand', builtin: 'Built in' } as const

export const METHODS = {
  none: 'Public (PKCE only)',
  client_secret_basic: 'Secret, Basic header',
  client_secret_post: 'Secret, in the body',
} as const

export function SourceBadge({ source }: { source: ClientSummary['source'] }) {
  return <Badge>{SOURCES[source]}</Badge>
}

export function TrustBadge({ trusted }: { trusted: boolean }) {
  return (
    <Tooltip
      text={
        trusted ? 'Made by hand, or registered with the registration secret' : 'Registered itself: its name is only what it says of itself'
      }
    >
      <button type="button" className="cursor-default rounded-full">
        <Badge tone={trusted ? 'good' : 'warn'}>{trusted ? 'Verified' : 'Unverified'}</Badge>
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
