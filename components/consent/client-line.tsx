import { Badge } from '../ui/badge.tsx'

type ClientLineProps = { client: { name: string; verified: boolean; host: string | null } }

/** A client's name with what stands behind it: its own host, or that nobody has vouched for it. */
export function ClientLine({ client }: ClientLineProps) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <strong className="wrap-anywhere font-semibold text-ink">{client.name}</strong>
      {!client.verified && <Badge tone="warn">Unverified</Badge>}
      {client.host && <span className="text-ink-soft">{client.host}</span>}
    </span>
  )
}
