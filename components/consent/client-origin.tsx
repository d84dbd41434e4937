import { Badge } from '../ui/badge.tsx'

/** What stands behind a client's name: its own host, or that nobody has vouched for it. */
export function ClientOrigin({ client }: { client: { verified: boolean; host: string | null } }) {
  if (client.verified && !client.host) return null
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-ink-soft">
      {!client.verified && <Badge tone="warn">Unverified</Badge>}
      {client.host && <span className="wrap-anywhere">{client.host}</span>}
    </span>
  )
}
