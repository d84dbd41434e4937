'use client'

import { AppWindow, FileClock, FolderKanban, KeyRound, LayoutDashboard, ListChecks, type LucideIcon, Settings, Users } from 'lucide-react'
import Link from 'next/link'
import { useParams, usePathname } from 'next/navigation'
import { classNames } from '../ui/class-names.ts'

type Place = { path: string; label: string; icon: LucideIcon }

const PROJECT_PLACES: readonly Place[] = [
  { path: '', label: 'Overview', icon: LayoutDashboard },
  { path: '/clients', label: 'Clients', icon: AppWindow },
  { path: '/users', label: 'Users', icon: Users },
  { path: '/scopes', label: 'Scopes', icon: ListChecks },
  { path: '/keys', label: 'Keys & secrets', icon: KeyRound },
  { path: '/audit-log', label: 'Audit log', icon: FileClock },
  { path: '/settings', label: 'Settings', icon: Settings },
]

/** The slug of the project this page belongs to; null outside of one. */
export function useProjectSlug(): string | null {
  const { project } = useParams<{ project?: string }>()
  return project ?? null
}

export function Navigation() {
  const project = useProjectSlug()
  const base = project ? `/projects/${project}` : '/projects'
  const places = project ? PROJECT_PLACES : [{ path: '', label: 'Projects', icon: FolderKanban }]
  return (
    <nav aria-label={project ? 'Project' : 'Main'}>
      <ul className="grid gap-px">
        {places.map((place) => (
          <li key={place.path}>
            <PlaceLink href={`${base}${place.path}`} exact={place.path === '' && project !== null} label={place.label} icon={place.icon} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function PlaceLink({ href, exact, label, icon: Icon }: { href: string; exact: boolean; label: string; icon: LucideIcon }) {
  const path = usePathname()
  const here = exact ? path === href : path === href || path.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : undefined}
      className={classNames(
        'flex h-8 items-center gap-2.5 rounded-md px-2 text-[13px] transition-colors hover:bg-hover hover:text-ink',
        here ? 'bg-hover font-medium text-ink' : 'text-ink-soft',
      )}
    >
      <Icon aria-hidden className={classNames('size-4', here ? 'text-ink' : 'text-ink-faint')} />
      {label}
    </Link>
  )
}
