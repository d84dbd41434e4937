'use client'

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { classNames } from './class-names.ts'
import { ColumnChoice } from './column-choice.tsx'
import { Checkbox } from './input.tsx'
import { TableFrame, Td, Th, Tr } from './table.tsx'

export type Column<Row> = {
  readonly id: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** What `?sort=` says for it, ascending; with a minus before it, descending. Absent: the list has no such order. */
  readonly sort?: string
  /** The order a first click asks for; times and counts begin with the greatest. */
  readonly descendingFirst?: true
  readonly align?: 'right'
  readonly className?: string
  /** Always shown: the row is nothing without it. */
  readonly fixed?: true
}

type DataTableProps<Row> = {
  /** What one row is, and what many are: `['client', 'clients']`. */
  nouns: readonly [one: string, many: string]
  /** What the columns hidden here are remembered under. */
  name: string
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** How a row is called in words: `Select <name>`. */
  rowName: (row: Row) => string
  columns: readonly Column<Row>[]
  /** The order the rows are in, as `?sort=` says it. */
  sort?: string
  hidden: readonly string[]
  /** With it rows can be chosen; shown while some are. `clear` empties the choice. */
  bulk?: (chosen: readonly Row[], clear: () => void) => ReactNode
}

/**
 * Rows come sorted, filtered and cut from the server; the order stands in the URL, so that it can be shared and works without script.
 * Here live the choice of columns and of rows. Its header stays in sight; the page itself never scrolls sideways.
 */
export function DataTable<Row>({ nouns: [one, many], name, rows, rowId, rowName, columns, sort, hidden, bulk }: DataTableProps<Row>) {
  const [shown, setShown] = useState(() => Object.fromEntries(hidden.map((id) => [id, false])))
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set())
  const visible = columns.filter(({ id }) => shown[id] !== false)
  // A choice outlives its rows when the list turns a page: what is not here is not chosen.
  const chosen = rows.filter((row) => selection.has(rowId(row)))
  const all = rows.length > 0 && chosen.length === rows.length
  const label = `${many.charAt(0).toUpperCase()}${many.slice(1)}`
  const toggle = (id: string, isChosen: boolean) =>
    setSelection(isChosen ? new Set([...selection, id]) : new Set([...selection].filter((each) => each !== id)))

  return (
    <div className="grid min-w-0 gap-2">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <div className="flex flex-wrap items-center gap-2 text-ink-soft text-xs" aria-live="polite">
          {bulk && chosen.length > 0 ? (
            <>
              <span className="font-medium text-ink">{chosen.length} selected</span>
              {bulk(chosen, () => setSelection(new Set()))}
            </>
          ) : (
            <span>{rows.length === 1 ? `1 ${one}` : `${rows.length} ${many}`} on this page</span>
          )}
        </div>
        <ColumnChoice name={name} columns={columns} shown={shown} onChange={setShown} />
      </div>
      <TableFrame label={label}>
        <table aria-label={label} className="w-full border-separate border-spacing-0 text-left text-[13px]">
          <thead>
            <tr>
              {bulk && (
                <Th className="w-9 pr-0">
                  <Checkbox
                    aria-label={`Select all ${rows.length} ${many}`}
                    checked={all}
                    onChange={() => setSelection(all ? new Set() : new Set(rows.map(rowId)))}
                    className="block"
                  />
                </Th>
              )}
              {visible.map((column) => (
                <HeaderCell key={column.id} column={column} sort={sort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Tr key={rowId(row)} data-selected={selection.has(rowId(row)) || undefined} className="data-[selected]:bg-accent-soft/60">
                {bulk && (
                  <Td className="w-9 pr-0">
                    <Checkbox
                      aria-label={`Select ${rowName(row)}`}
                      checked={selection.has(rowId(row))}
                      onChange={(event) => toggle(rowId(row), event.target.checked)}
                      className="block"
                    />
                  </Td>
                )}
                {visible.map((column) => (
                  <Td key={column.id} className={classNames(column.align === 'right' && 'text-right tabular-nums', column.className)}>
                    {column.cell(row)}
                  </Td>
                ))}
              </Tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </div>
  )
}

function HeaderCell<Row>({ column, sort }: { column: Column<Row>; sort: string | undefined }) {
  const here = usePathname()
  const params = new URLSearchParams(useSearchParams())
  const right = column.align === 'right'
  if (column.sort === undefined) return <Th className={classNames(right && 'text-right')}>{column.header}</Th>

  const direction = sort === column.sort ? 'ascending' : sort === `-${column.sort}` ? 'descending' : undefined
  const descendingNext = direction === undefined ? column.descendingFirst === true : direction === 'ascending'
  params.set('sort', descendingNext ? `-${column.sort}` : column.sort)
  params.delete('cursor')
  const Arrow = direction === 'ascending' ? ArrowUp : direction === 'descending' ? ArrowDown : ChevronsUpDown
  return (
    <Th aria-sort={direction} className={classNames(right && 'text-right')}>
      <Link
        href={`${here}?${params}`}
        scroll={false}
        className={classNames('inline-flex items-center gap-1 rounded hover:text-ink', direction && 'text-ink')}
      >
        {column.header}
        <Arrow aria-hidden className={classNames('size-3.5', !direction && 'text-ink-faint')} />
      </Link>
    </Th>
  )
}
