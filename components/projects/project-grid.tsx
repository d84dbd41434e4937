import Link from 'next/link'
import type { ListedProject } from '#lib/management/projects/list.ts'
import { ProjectTile } from '../layout/project-tile.tsx'
import { TestMark } from '../layout/test-mark.tsx'
import { classNames } from '../ui/class-names.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { TEST_STRIPES } from './test-band.tsx'

/** Test projects wear the stripes that all their pages wear. */
export function ProjectGrid({ projects }: { projects: readonly ListedProject[] }) {
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {projects.map((project) => (
        <li
          key={project.slug}
          className="relative grid min-w-0 content-start gap-4 overflow-hidden rounded-xl border bg-surface p-5 shadow-card transition-colors hover:border-line-strong has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-accent"
        >
          {project.environment === 'test' && <span aria-hidden className={classNames('absolute inset-x-0 top-0 h-1.5', TEST_STRIPES)} />}
          <div className="flex min-w-0 items-center gap-3">
            <ProjectTile name={project.name} test={project.environment === 'test'} />
            <div className="grid min-w-0 flex-1">
              <h2 className="flex min-w-0 items-center gap-2 font-semibold text-[15px]">
                <Link
                  href={`/projects/${project.slug}`}
                  className="min-w-0 truncate outline-none after:absolute after:inset-0 after:rounded-xl"
                >
                  {project.name}
                </Link>
                {project.environment === 'test' && <TestMark />}
              </h2>
              <p className="truncate text-[13px] text-ink-soft">{project.resource}</p>
            </div>
          </div>
          <dl className="grid grid-cols-3 gap-3 text-[13px]">
            <Figure name="Users" value={counted(project.userCount)} />
            <Figure name="Clients" value={counted(project.clientCount)} />
            <Figure name="Errors, 24 h" value={project.errorCount.toLocaleString('en')} bad={project.errorCount > 0} />
          </dl>
          <p className="flex flex-wrap justify-between gap-x-3 text-ink-faint text-xs">
            <span>
              Last activity <RelativeTime at={project.lastActivityAt} never="none" />
            </span>
            <span>
              Created <RelativeTime at={project.createdAt} />
            </span>
          </p>
        </li>
      ))}
    </ul>
  )
}

function Figure({ name, value, bad = false }: { name: string; value: string; bad?: boolean }) {
  return (
    <div className="flex min-w-0 flex-col-reverse">
      <dt className="text-ink-faint text-xs">{name}</dt>
      <dd className={classNames('font-medium tabular-nums', bad && 'text-bad')}>{value}</dd>
    </div>
  )
}

/** Counting stops there. */
const counted = (count: number): string => (count > 1000 ? '1,000+' : count.toLocaleString('en'))
