import Link from 'next/link'
import type { ListedGrant } from '#lib/management/grants/list.ts'
import { Button } from '../ui/button.tsx'
import { GrantTable, type RevokeGrants } from './grant-table.tsx'

type GrantSectionProps = {
  project: string
  /** The newest living ones. */
  grants: readonly ListedGrant[]
  /** How many living ones there are. */
  total: number
  show: 'client' | 'user'
  /** The list of all of them, revoked ones too. */
  allHref: string
  empty: string
  revoke: RevokeGrants | null
}

/** Grants on the page of their client or their user. */
export function GrantSection({ project, grants, total, show, allHref, empty, revoke }: GrantSectionProps) {
  return (
    <section className="grid min-w-0 gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-semibold text-[15px]">Grants</h2>
        <Button asChild tone="secondary" size="sm">
          <Link href={allHref}>{total > grants.length ? `Show all ${total.toLocaleString('en')} grants` : 'Show in grants'}</Link>
        </Button>
      </div>
      {grants.length > 0 ? (
        <GrantTable project={project} grants={grants} show={show} hidden={[]} revoke={revoke} />
      ) : (
        <p className="text-ink-soft">{empty}</p>
      )}
    </section>
  )
}
