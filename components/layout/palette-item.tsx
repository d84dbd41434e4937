import { Command } from 'cmdk'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { itemValue } from './palette-score.ts'

export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-[11px] [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {children}
    </Command.Group>
  )
}

type PaletteItemProps = {
  /** What it is called; what is typed is held against it. */
  name: string
  /** Among all items its own. */
  unique: string
  /** What else it may be called. */
  words?: string
  icon: LucideIcon
  onSelect: () => void
  children: ReactNode
}

export function PaletteItem({ name, unique, words = '', icon: Icon, onSelect, children }: PaletteItemProps) {
  return (
    <Command.Item
      value={itemValue(name, unique)}
      keywords={words === '' ? [] : [words]}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 text-[13px] data-[selected=true]:bg-hover"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
      {children}
    </Command.Item>
  )
}

/** One press, such as `g`. */
export function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="grid h-5 min-w-5 place-items-center rounded border bg-sunken px-1 font-sans text-[11px] text-ink-soft">{children}</kbd>
  )
}
