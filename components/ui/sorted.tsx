'use client'

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { classNames } from './class-names.ts'
import { Th } from './table.tsx'

type Order<Key> = { readonly by: Key; readonly descending: boolean }
type Direction = 'ascending' | 'descending' | undefined

/**
 * For a table that has all its rows on the page: sorts them by what `values` says of each, a count or a time. Rows that are equal keep
 * their order. A first press shows the greatest first. Longer lists are the server's (`DataTable`).
 */
export function useSorted<Row, Key extends string>(
  rows: readonly Row[],
  values: Readonly<Record<Key, (row: Row) => number>>,
  initial: Order<NoInfer<Key>>,
): { sorted: readonly Row[]; head: (key: Key) => { direction: Direction; onSort: () => void } } {
  const [{ by, descending }, setOrder] = useState<Order<Key>>(initial)
  const sign = descending ? -1 : 1
  const sorted = rows.toSorted((a, b) => sign * (values[by](a) - values[by](b)))
  const head = (key: Key) => ({
    direction: directionOf(key === by, descending),
    onSort: () => setOrder({ by: key, descending: key === by ? !descending : true }),
  })
  return { sorted, head }
}

const directionOf = (isBy: boolean, descending: boolean): Direction => (isBy ? (descending ? 'descending' : 'ascending') : undefined)

export function SortTh({
  label,
  right = false,
  direction,
  onSort,
}: {
  label: string
  right?: boolean
  direction: Direction
  onSort: () => void
}) {
  const Arrow = direction === 'ascending' ? ArrowUp : direction === 'descending' ? ArrowDown : ChevronsUpDown
  return (
    <Th aria-sort={direction} className={classNames(right && 'text-right')}>
      <button
        type="button"
        onClick={onSort}
        className={classNames('inline-flex items-center gap-1 rounded hover:text-ink', direction && 'text-ink')}
      >
        {label}
        <Arrow aria-hidden className={classNames('size-3.5', !direction && 'text-ink-faint')} />
      </button>
    </Th>
  )
}
