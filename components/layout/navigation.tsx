'use client'

import type { LucideIcon } from 'lucide-react'
import Link, { useLinkStatus } from 'next/link'
import { useParams, usePathname } from 'next/navigation'
import type { ProjectChoice } from '#lib/management/projects/choices.ts'
import { classNames } from '../ui/class-names.ts'
import { usePlaces } from './allowed-places.tsx'

/** The project this page belongs to; null outside of one, and for one that is not the member's. */
export function useProject(projects: readonly ProjectChoice[]): ProjectChoice | null {
  const { project } = useParams<{ project?: string }>()
  return projects.find(({ slug }) => slug === project) ?? null
}

export function Navigation({ projects }: { projects: readonly ProjectChoice[] }) {
  const project = useProject(projects)
  const { ofProject, ofOrganisation } = usePlaces()
  const base = project ? `/projects/${project.slug}` : ''
  return (
    <nav aria-label={project ? 'Project' : 'Main'} className="grid gap-3">
      {(project ? ofProject : ofOrganisation).map((group) => (
        <div key={group.places[0]?.path} className="grid gap-1">
          {group.label && <h2 className="px-2 font-medium text-[11px] text-ink-faint">{group.label}</h2>}
          <ul className="grid gap-px">
            {group.places.map(({ path, label, icon }) => (
              <li key={path}>
                <PlaceLink href={base + path} exact={path === ''} label={label} icon={icon} />
              </li>
            ))}
          </ul>
        </div>
      ))}
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
        'flex h-8 items-center gap-2.5 rounded-md px-2 text-[13px] transition-colors hover:bg-hover hover:text-ink md:h-7',
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
        pending && 'animate-pulse opacity-100 delay-150',
      )}
    />
  )
}
