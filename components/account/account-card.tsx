import type { ReactNode } from 'react'

/** The frame of signing up and logging in. */
export function AccountCard({
  title,
  description,
  children,
  footer,
}: {
  title: string
  description: ReactNode
  children: ReactNode
  footer: ReactNode
}) {
  return (
    <div className="grid w-full max-w-[24rem] content-start gap-7">
      <div className="grid gap-1.5">
        <h1 className="font-semibold text-2xl tracking-[-0.03em]">{title}</h1>
        <p className="text-ink-soft">{description}</p>
      </div>
      {children}
      <p className="text-ink-soft">{footer}</p>
    </div>
  )
}
