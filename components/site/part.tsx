import type { ReactNode } from 'react'

/** A named part of an entry, in its list of them. */
export function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-[13px] text-ink-faint">{name}</dt>
      <dd className="wrap-anywhere min-w-0 text-ink-soft max-sm:-mt-2">{children}</dd>
    </>
  )
}
