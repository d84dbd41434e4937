import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'

type PageProps = {
  title: string
  description?: ReactNode
  above?: ReactNode
  action?: ReactNode
  width?: 'narrow' | 'wide'
  children: ReactNode
}

/** The frame of every dashboard page: what this is, the one main action, and the content below. All share one left edge. */
export function Page({ title, description, above, action, width = 'wide', children }: PageProps) {
  return (
    <div className="mx-auto w-full min-w-0 max-w-6xl px-4 pt-6 pb-16 sm:px-8 sm:pt-9">
      <div className={classNames('grid min-w-0 gap-6', width === 'narrow' && 'max-w-3xl')}>
        <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
          <div className="grid min-w-0 gap-1">
            {above}
            <h1 className="wrap-anywhere font-semibold text-[22px] leading-tight tracking-[-0.022em]">{title}</h1>
            {description && <div className="max-w-[72ch] text-ink-soft">{description}</div>}
          </div>
          {action}
        </header>
        {children}
      </div>
    </div>
  )
}
