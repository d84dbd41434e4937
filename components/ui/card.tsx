import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** `id` makes it a place a link can point to. */
export function Card({ id, className, children }: { id?: string; className?: string; children: ReactNode }) {
  return (
    <section id={id} className={classNames('min-w-0 overflow-hidden rounded-xl border bg-surface shadow-card', className)}>
      {children}
    </section>
  )
}

export function CardHeader({ title, description, action }: { title: string; description?: ReactNode; action?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 pt-4 pb-1">
      <div className="grid min-w-0 flex-1 basis-56 gap-0.5">
        <h2 className="font-semibold text-[15px] tracking-[-0.01em]">{title}</h2>
        {description && <p className="max-w-[68ch] text-[13px] text-ink-soft">{description}</p>}
      </div>
      {action}
    </header>
  )
}

export function CardBody({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={classNames('grid min-w-0 gap-4 px-5 pt-3 pb-5', className)}>{children}</div>
}

export function CardFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-wrap items-center justify-between gap-3 border-t bg-sunken px-5 py-3 text-[13px] text-ink-soft">
      {children}
    </footer>
  )
}
