import type { ReactNode } from 'react'

/** One part of the account page. */
export function AccountSection({ title, description, children }: { title: string; description?: ReactNode; children?: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-3.5 border-t pt-6">
      <div className="grid gap-0.5">
        <h2 className="font-semibold text-[15px]">{title}</h2>
        {description && <p className="text-[13px] text-ink-soft">{description}</p>}
      </div>
      {children}
    </section>
  )
}
