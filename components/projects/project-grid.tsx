import Link from 'next/link'
import type { ListedProject } from '#lib/management/projects/list.ts'
import { ProjectTile } from '../layout/project-tile.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'

export function ProjectGrid({ projects }: { projects: readonly ListedProject[] }) {
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {projects.map((project) => (
        <li
          key={project.slug}
          className="relative grid min-w-0 gap-4 rounded-xl border bg-surface p-5 shadow-card transition-colors hover:border-line-strong has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-accent"
        >
          <div className="flex min-w-0 items-center gap-3">
            <ProjectTile name={project.name} />
            <div className="grid min-w-0">
              <h2 className="truncate font-semibold text-[15px]">
                <Link href={`/projects/${project.slug}`} className="outline-none after:absolute after:inset-0 after:rounded-xl">
                  {project.name}
                </Link>
              </h2>
              <p className="truncate text-[13px] text-ink-soft">{project.resource}</p>
            </div>
          </div>
          <p className="flex justify-between gap-3 text-ink-faint text-xs">
            <span>{project.clientCount === 1 ? '1 client' : `${project.clientCount} clients`}</span>
            <span>
              Created <RelativeTime at={project.createdAt} />
            </span>
          </p>
        </li>
      ))}
    </ul>
  )
}
