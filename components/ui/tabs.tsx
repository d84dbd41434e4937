'use client'

import { Tabs as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

/** All panels are in the page; only one shows. `label` names the list of tabs. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly { id: string; label: string; panel: ReactNode }[] }) {
  return (
    <Primitive.Root defaultValue={tabs[0]?.id ?? ''} className="grid min-w-0 gap-3">
      <Primitive.List aria-label={label} className="flex min-w-0 gap-1 overflow-x-auto border-b px-px pt-px">
        {tabs.map((tab) => (
          <Primitive.Trigger
            key={tab.id}
            value={tab.id}
            className="-mb-px whitespace-nowrap rounded-t-sm border-transparent border-b-2 px-2.5 py-2 font-medium text-[13px] text-ink-soft transition-colors hover:text-ink focus-visible:outline-offset-[-2px] data-[state=active]:border-ink data-[state=active]:text-ink"
          >
            {tab.label}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.id} value={tab.id} className="grid min-w-0 gap-4 rounded-md">
          {tab.panel}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  )
}
