import Link from 'next/link'
import { classNames } from '../ui/class-names.ts'

const ORDERS = { '-createdAt': 'Newest', name: 'Name' } as const
type Order = keyof typeof ORDERS

/** What `?sort=` says; the newest first for anything else. */
export const projectOrderOf = (sort: string | undefined): Order => (sort === 'name' ? 'name' : '-createdAt')

export function ProjectOrder({ order, query }: { order: Order; query: string | undefined }) {
  return (
    <nav aria-label="Order" className="flex gap-1 rounded-lg border bg-sunken p-0.5 text-[13px]">
      {(Object.keys(ORDERS) as Order[]).map((each) => (
        <Link
          key={each}
          href={{ pathname: '/projects', query: { ...(query ? { query } : {}), sort: each } }}
          aria-current={each === order ? 'true' : undefined}
          className={classNames(
            'rounded-md px-2.5 py-1',
            each === order ? 'bg-surface font-medium shadow-card' : 'text-ink-soft hover:text-ink',
          )}
        >
          {ORDERS[each]}
        </Link>
      ))}
    </nav>
  )
}
