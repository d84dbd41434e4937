import type { ReactNode } from 'react'
import type { Values } from '#lib/oauth/reference/call.ts'
import type { Entry } from '#lib/oauth/reference/entry.ts'
import { EndpointEntry } from './endpoint-entry.tsx'

type EndpointGroupsProps = {
  groups: readonly { readonly name: string; readonly entries: readonly Entry[] }[]
  issuer: string
  values: Values
  /** What stands below an entry besides. */
  below?: (entry: Entry) => ReactNode
}

export function EndpointGroups({ groups, issuer, values, below }: EndpointGroupsProps) {
  return groups.map(({ name, entries }) => (
    <section key={name} aria-label={name} className="grid min-w-0 gap-3">
      <h2 className="font-semibold text-[19px] tracking-[-0.02em]">{name}</h2>
      <div className="min-w-0 border-b">
        {entries.map((entry) => (
          <EndpointEntry key={entry.id} entry={entry} issuer={issuer} values={values}>
            {below?.(entry)}
          </EndpointEntry>
        ))}
      </div>
    </section>
  ))
}
