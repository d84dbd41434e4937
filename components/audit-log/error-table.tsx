'use client'

import Link from 'next/link'
import type { ErrorGroup } from '#lib/management/audit-log/group-errors.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { SortTh, useSorted } from '../ui/sorted.tsx'
import { Table, Td, Th } from '../ui/table.tsx'
import { wordsFor } from './event-words.ts'
import { reasonWords } from './reason-words.ts'

/** An error and where its events are. */
export type ListedError = ErrorGroup & { readonly href: string }

/** The most frequent first, each with what it means and what to do. All of them are on the page, so it sorts them itself. */
export function ErrorTable({ errors }: { errors: readonly ListedError[] }) {
  const { sorted, head } = useSorted(errors, VALUES, { by: 'count', descending: true })
  return (
    <Table label="Errors by kind">
      <thead>
        <tr>
          <Th>Error</Th>
          <SortTh {...head('count')} label="Count" right />
          <SortTh {...head('firstSeenAt')} label="First seen" right />
          <SortTh {...head('lastSeenAt')} label="Last seen" right />
        </tr>
      </thead>
      <tbody>
        {sorted.map((group) => (
          <ErrorRow key={group.code} group={group} />
        ))}
      </tbody>
    </Table>
  )
}

const VALUES = {
  count: (group: ListedError) => group.count,
  firstSeenAt: (group: ListedError) => group.firstSeenAt.getTime(),
  lastSeenAt: (group: ListedError) => group.lastSeenAt.getTime(),
}

function ErrorRow({ group: { code, places, count, recorded, firstSeenAt, lastSeenAt, href } }: { group: ListedError }) {
  const words = reasonWords(code)
  return (
    <tr className="align-top [&:last-child>td]:border-b-0">
      <Td className="min-w-48 py-3 sm:min-w-72 align-top">
        <div className="grid max-w-[70ch] gap-1">
          <span className="font-medium">{words?.says ?? wordsFor(code).label}</span>
          <span className="wrap-anywhere font-mono text-[11.5px] text-ink-faint">
            {[code, places.filter((place) => place !== code).join(', ')].filter(Boolean).join(' · ')}
          </span>
          {words && (
            <details className="text-ink-soft">
              <summary className="w-fit cursor-pointer rounded text-xs hover:text-ink">Likely cause and fix</summary>
              <p className="mt-1.5">{words.cause}</p>
              <p className="mt-1">{words.fix}</p>
            </details>
          )}
        </div>
      </Td>
      <Td className="py-3 text-right align-top tabular-nums">
        <span className="grid gap-0.5">
          <span className="font-medium">{count.toLocaleString('en')}</span>
          {recorded > 0 ? (
            <Link href={href} className="whitespace-nowrap text-xs underline decoration-line-strong underline-offset-4">
              {recorded.toLocaleString('en')} in the log
            </Link>
          ) : (
            <span className="whitespace-nowrap text-ink-faint text-xs">only counted</span>
          )}
        </span>
      </Td>
      <Td className="py-3 text-right align-top text-ink-soft">
        <RelativeTime at={firstSeenAt} />
      </Td>
      <Td className="py-3 text-right align-top text-ink-soft">
        <RelativeTime at={lastSeenAt} />
      </Td>
    </tr>
  )
}
