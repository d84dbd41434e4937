import type { ReactNode } from 'react'

/** Pairs of a name and a value; one column when narrow. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="@container grid min-w-0 gap-y-3 text-[13px]">
      {facts.map(([name, value]) => (
        <div
          key={name}
          className="grid min-w-0 gap-x-6 gap-y-0.5 @2xs:grid-cols-[6.5rem_minmax(0,1fr)] @2xs:items-baseline @lg:grid-cols-[10rem_minmax(0,1fr)]"
        >
          <dt className="text-ink-soft">{name}</dt>
          <dd className="wrap-anywhere min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
