import { X } from 'lucide-react'
import Link from 'next/link'
import type { ListedGrant } from '#lib/management/grants/list.ts'
import { Button } from '../ui/button.tsx'

type OnlyOfProps = {
  /** Ids, as the address says them. */
  client: string | undefined
  user: string | undefined
  allHref: string
  /** Any of them: it knows the names. */
  grant: ListedGrant | null
}

/** Says that the list is of one client or one user only, and leads back to all. */
export function OnlyOf({ client, user, allHref, grant }: OnlyOfProps) {
  const words = [
    ...(user === undefined ? [] : [`of ${grant?.userEmail ?? user}`]),
    ...(client === undefined ? [] : [`to ${grant?.clientName ?? client}`]),
  ]
  if (words.length === 0) return null
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-[13px] text-ink-soft">
      <span className="wrap-anywhere">Only grants {words.join(' ')}.</span>
      <Button asChild tone="ghost" size="sm">
        <Link href={allHref}>
          <X aria-hidden />
          Show all
        </Link>
      </Button>
    </p>
  )
}
