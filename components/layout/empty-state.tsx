import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** What this is, why it is empty, the one next thing to do. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: LucideIcon
  title: string
  children: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="grid justify-items-center gap-4 rounded-xl border border-line-strong border-dashed px-6 py-14 text-center">
      <span className="grid size-11 place-items-center rounded-xl border bg-surface shadow-card">
        <Icon aria-hidden className="size-5 text-ink-soft" />
      </span>
      <div className="grid max-w-[54ch] gap-1.5">
        <h2 className="font-semibold text-[15px]">{title}</h2>
        <div className="grid gap-2 text-ink-soft">{children}</div>
      </div>
      {action && <div className="mt-1">{action}</div>}
    </div>
  )
}
