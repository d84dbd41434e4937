import Link from 'next/link'
import type { ReactNode } from 'react'
import { Logo } from '../layout/logo.tsx'

/** A public page of its own: what it is called, what it is for, and that. */
export function SitePage({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  return (
    <div className="min-h-dvh overflow-x-clip">
      <header className="mx-auto flex h-16 max-w-4xl items-center px-5 sm:px-8">
        <Link href="/" className="rounded">
          <Logo />
        </Link>
      </header>

      <main className="mx-auto grid max-w-4xl gap-10 px-5 pt-8 pb-24 sm:px-8 sm:pt-14">
        <div className="grid gap-4">
          <h1 className="font-semibold text-[clamp(1.9rem,4.6vw,2.75rem)] leading-[1.08] tracking-[-0.035em]">{title}</h1>
          <p className="max-w-[62ch] text-[17px] text-ink-soft leading-relaxed">{lead}</p>
        </div>
        {children}
      </main>
    </div>
  )
}
