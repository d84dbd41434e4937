import Link from 'next/link'
import type { ReactNode } from 'react'
import type { ProjectChoice } from '#lib/management/projects/choices.ts'
import { type ChooseOrganisation, type OrganisationChoice, OrganisationSwitcher } from '../organisation/organisation-switcher.tsx'
import type { Theme } from '../ui/theme.ts'
import { ThemeSwitch } from '../ui/theme-switch.tsx'
import { AccountMenu } from './account-menu.tsx'
import { KnownPermissions } from './allowed-places.tsx'
import { Logo } from './logo.tsx'
import { MobileMenu } from './mobile-menu.tsx'
import { Navigation } from './navigation.tsx'
import { ProjectSwitcher } from './project-switcher.tsx'
import { PaletteButton, Shortcuts } from './shortcuts.tsx'
import { SkipLink } from './skip-link.tsx'
import type { FindHits } from './use-hits.ts'

type ShellProps = {
  /** Its id; null for a member of none. */
  organisation: string | null
  organisations: readonly OrganisationChoice[]
  chooseOrganisation: ChooseOrganisation
  projects: readonly ProjectChoice[]
  account: { name: string; email: string }
  theme: Theme
  signOut: () => Promise<void>
  find: FindHits
  /** Of the member's role in this organisation. */
  permissions: readonly string[]
  children: ReactNode
}

/** Sidebar and page on a wide screen, a bar with a sheet on a narrow one. */
export function Shell({ children, find, permissions, ...rest }: ShellProps) {
  const { projects, organisation, organisations, chooseOrganisation, signOut } = rest
  return (
    <KnownPermissions permissions={permissions}>
      <Shortcuts {...{ projects, organisation, organisations, chooseOrganisation, signOut, find }}>
        <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
          <SkipLink />
          <aside className="sticky top-0 hidden h-dvh flex-col border-r bg-sunken lg:flex">
            <SidebarContent {...rest} />
          </aside>
          <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b bg-canvas/90 px-3 backdrop-blur lg:hidden">
            <MobileMenu>
              <SidebarContent {...rest} />
            </MobileMenu>
            <Link href="/projects" className="flex rounded-md">
              <Logo />
            </Link>
          </header>
          <main id="content" tabIndex={-1} className="min-w-0 outline-none">
            {children}
          </main>
        </div>
      </Shortcuts>
    </KnownPermissions>
  )
}

type SidebarProps = Omit<ShellProps, 'children' | 'find' | 'permissions'>

function SidebarContent({ organisation, organisations, chooseOrganisation, projects, account, theme, signOut }: SidebarProps) {
  return (
    <>
      <div className="grid gap-3 px-3 pt-4">
        <Link href="/projects" className="flex w-fit rounded-md px-1.5">
          <Logo />
        </Link>
        <div className="grid gap-0.5">
          <OrganisationSwitcher current={organisation} organisations={organisations} choose={chooseOrganisation} />
          <ProjectSwitcher projects={projects} />
        </div>
        <PaletteButton />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 py-2">
        <Navigation projects={projects} />
      </div>
      <div className="grid gap-2 border-t px-3 py-3">
        <div className="flex items-center justify-between">
          <Link href="/docs" className="rounded px-1.5 text-ink-soft text-xs hover:text-ink hover:underline">
            Docs
          </Link>
          <ThemeSwitch initial={theme} />
        </div>
        <AccountMenu {...account} signOut={signOut} />
      </div>
    </>
  )
}
