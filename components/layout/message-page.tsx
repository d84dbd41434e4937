import type { ReactNode } from 'react'
import { LogoMark } from './logo.tsx'

/** A page that only says something and leads on: not found, gone, failed. */
export function MessagePage({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid min-h-[calc(100dvh-4rem)] place-items-center px-5 py-16">
      <div className="grid w-full max-w-md justify-items-center gap-5 text-center">
        <LogoMark className="size-9" />
        <div className="grid gap-2">
          <h1 className="font-semibold text-xl tracking-[-0.02em]">{title}</h1>
          <div className="grid gap-2 text-ink-soft">{children}</div>
        </div>
        {action && <div className="flex flex-wrap justify-center gap-2">{action}</div>}
      </div>
    </div>
  )
}
