import { pageWords } from '../end-user/words.ts'
import { Badge } from '../ui/badge.tsx'

export type ShownClient = {
  readonly name: string
  readonly verified: boolean
  readonly byDomain: boolean
  readonly host: string | null
  /** Path on this origin. */
  readonly logo: string | null
}

/** Who it is as far as anybody has proven it: its domain where that is all we know, else the name that somebody vouched for or not. */
export const identityOf = ({ name, byDomain, host }: ShownClient): string => (byDomain && host ? host : name)

/** What stands behind a client's identity: what it calls itself, its own host, or that nobody has vouched for it. */
export async function ClientOrigin({ client }: { client: ShownClient }) {
  const words = (await pageWords()).client
  if (client.byDomain) {
    return (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-ink-soft">
        <Badge tone="good">{words.verifiedDomain}</Badge>
        <span className="wrap-anywhere">{words.callsItself(client.name)}</span>
      </span>
    )
  }
  if (client.verified && !client.host) return null
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-ink-soft">
      {!client.verified && <Badge tone="warn">{words.unverified}</Badge>}
      {client.host && <span className="wrap-anywhere">{client.host}</span>}
    </span>
  )
}
