import type { Metadata } from 'next'
import Link from 'next/link'
import { quirks } from '#lib/oauth/quirks.ts'
import { Logo } from '../../../components/layout/logo.tsx'
import { QuirkEntry } from '../../../components/site/quirk-entry.tsx'

export const metadata: Metadata = {
  title: 'Client quirks',
  description: 'What MCP clients do that no specification asks for, what Gatehouse does about it, who says so, and the test that holds it.',
}

export default function QuirksPage() {
  return (
    <div className="min-h-dvh overflow-x-clip">
      <header className="mx-auto flex h-16 max-w-4xl items-center px-5 sm:px-8">
        <Link href="/" className="rounded">
          <Logo />
        </Link>
      </header>

      <main className="mx-auto grid max-w-4xl gap-10 px-5 pt-8 pb-24 sm:px-8 sm:pt-14">
        <div className="grid gap-4">
          <h1 className="text-[clamp(1.9rem,4.6vw,2.75rem)] font-semibold leading-[1.08] tracking-[-0.035em]">Client quirks</h1>
          <p className="max-w-[62ch] text-[17px] text-ink-soft leading-relaxed">
            What MCP clients do that no specification asks for, or that one allows and few servers expect. Each entry says what we do about
            it, where it was seen, which switch of a project changes it, and which test runs through every door before a release.
          </p>
        </div>

        <nav aria-label="Entries" className="rounded-xl border bg-surface p-5 shadow-card">
          <ul className="grid gap-x-8 gap-y-1.5 text-[13px] sm:grid-cols-2">
            {quirks.map(({ id, title }) => (
              <li key={id} className="min-w-0">
                <a href={`#${id}`} className="break-words rounded text-ink-soft hover:text-ink hover:underline">
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>

        <div className="min-w-0 border-b">
          {quirks.map((quirk) => (
            <QuirkEntry key={quirk.id} quirk={quirk} />
          ))}
        </div>
      </main>
    </div>
  )
}
