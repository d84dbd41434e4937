import Link from 'next/link'
import type { ErrorGroup } from '#lib/management/audit-log/group-errors.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Table, Td, Th } from '../ui/table.tsx'
import { wordsFor } from './event-words.ts'
import { reasonWords } from './reason-words.ts'

/** The most frequent first, each with what it means and what to do. */
export function ErrorTable({ errors, hrefOf }: { errors: readonly ErrorGroup[]; hrefOf: (group: ErrorGroup) => string }) {
  return (
    <Table label="Errors by kind">
      <thead>
        <tr>
          <Th>Error</Th>
          <Th className="text-right">Count</Th>
          <Th className="text-right">First seen</Th>
          <Th className="text-right">Last seen</Th>
        </tr>
      </thead>
      <tbody>
        {errors.map((group) => (
          <ErrorRow key={group.code} group={group} href={hrefOf(group)} />
        ))}
      </tbody>
    </Table>
  )
}

function ErrorRow({ group, href }: { group: ErrorGroup; href: string }) {
  const { code, places, count, recorded, firstSeenAt, lastSeenAt } = group
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
