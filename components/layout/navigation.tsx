'use client'

import {
  AppWindow,
  FileClock,
  FolderKanban,
  KeyRound,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  Settings,
  ShieldCheck,
  Users,
} from 'lucide-react'
import Link, { useLinkStatus } from 'next/link'
import { useParams, usePathname } from 'next/navigation'
import { classNames } from '../ui/class-names.ts'

type Place = { path: string; label: string; icon: LucideIcon }

const PROJECT_PLACES: readonly Place[] = [
  { path: '', label: 'Overview', icon: LayoutDashboard },
  { path: '/clients', label: 'Clients', icon: AppWindow },
  { path: '/users', label: 'Users', icon: Users },
  { path: '/scopes', label: 'Scopes', icon: ListChecks },
  { path: '/keys', label: 'Keys & secrets', icon: KeyRound },
  { path: '/trusted-issuers', label: 'Trusted issuers', icon: ShieldCheck },
  { path: '/audit-log', label: 'Audit log', icon: FileClock },
  { path: '/settings', label: 'Settings', icon: Settings },
]

export type ProjectChoice = { slug: string; name: string }

/** The project this page belongs to; null outside of one, and for one that is not the member's. */
export function useProject(projects: readonly ProjectChoice[]): ProjectChoice | null {
  const { project } = useParams<{ project?: string }>()
  return projects.find(({ slug }) => slug === project) ?? null
}

export function Navigation({ projects }: { projects: readonly ProjectChoice[] }) {
  const project = useProject(projects)
  const base = project ? `/projects/${project.slug}` : '/projects'
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
      <Pending />
    </Link>
  )
}

/** A page that takes its time: the click was heard. Shown late, so that quick ones do not flicker. */
function Pending() {
  const { pending } = useLinkStatus()
  return (
    <span
      aria-hidden
      className={classNames(
        'ml-auto size-1.5 rounded-full bg-ink-faint opacity-0 transition-opacity',
        pending && 'animate-pulse opacity-100 delay-150 motion-reduce:animate-none',
      )}
    />
  )
}
