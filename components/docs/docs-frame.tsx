import Link from 'next/link'
import type { ReactNode } from 'react'
import { Logo } from '../layout/logo.tsx'
import { MobileMenu } from '../layout/mobile-menu.tsx'
import { SkipLink } from '../layout/skip-link.tsx'
import { Button } from '../ui/button.tsx'
import { DocsNavigation } from './docs-navigation.tsx'

/** Around every page that explains: the list of all of them beside it, or in a menu where there is no room. */
export function DocsFrame({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-dvh">
      <SkipLink />
      <header className="border-b">
        <div className="mx-auto flex h-14 max-w-6xl items-center gap-2 px-3 sm:px-8">
          <div className="lg:hidden">
            <MobileMenu>
              <div className="min-h-0 flex-1 overflow-y-auto px-3 py-4">
                <DocsNavigation />
              </div>
            </MobileMenu>
          </div>
          <Link href="/" className="flex rounded-md">
            <Logo />
          </Link>
          <Button asChild tone="ghost" size="sm" className="ml-auto">
            <Link href="/projects">Dashboard</Link>
          </Button>
        </div>
      </header>
      <div className="mx-auto max-w-6xl px-4 sm:px-8 lg:grid lg:grid-cols-[12.5rem_minmax(0,1fr)] lg:gap-12">
        <aside className="sticky top-0 hidden max-h-dvh self-start overflow-y-auto py-8 lg:block">
          <DocsNavigation />
        </aside>
        <main id="content" tabIndex={-1} className="min-w-0 pt-8 pb-24 outline-none sm:pt-10">
          {children}
        </main>
      </div>
    </div>
  )
}
