'use client'

import { Check, ChevronsUpDown, FolderKanban, Plus } from 'lucide-react'
import Link from 'next/link'
import type { ProjectChoice } from '#lib/management/projects/choices.ts'
import { Dropdown, DropdownContent, DropdownItem, DropdownLabel, DropdownSeparator, DropdownTrigger } from '../ui/dropdown.tsx'
import { useProject } from './navigation.tsx'
import { ProjectTile } from './project-tile.tsx'
import { TestMark } from './test-mark.tsx'

export function ProjectSwitcher({ projects }: { projects: readonly ProjectChoice[] }) {
  const current = useProject(projects)
  return (
    <Dropdown>
      <DropdownTrigger className="flex h-10 w-full min-w-0 items-center gap-2.5 rounded-lg px-1.5 text-left transition-colors hover:bg-hover data-[state=open]:bg-hover">
        <span className="sr-only">Switch project, now </span>
        {current ? (
          <ProjectTile name={current.name} test={current.environment === 'test'} />
        ) : (
          <span className="grid size-7 shrink-0 place-items-center rounded-md bg-hover text-ink-soft">
            <FolderKanban aria-hidden className="size-4" />
          </span>
        )}
        <span className="min-w-0 flex-1 truncate font-medium text-[13px]">{current?.name ?? 'All projects'}</span>
        {current?.environment === 'test' && <TestMark />}
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
      </DropdownTrigger>
      <DropdownContent align="start" className="w-60">
        <DropdownLabel>Projects</DropdownLabel>
        {projects.map((project) => (
          <DropdownItem key={project.slug} asChild>
            <Link href={`/projects/${project.slug}`}>
              <ProjectTile name={project.name} test={project.environment === 'test'} small />
              <span className="min-w-0 flex-1 truncate">{project.name}</span>
              {project.environment === 'test' && <TestMark />}
              {project.slug === current?.slug && <Check aria-hidden />}
            </Link>
          </DropdownItem>
        ))}
        {projects.length > 0 && <DropdownSeparator />}
        <DropdownItem asChild>
          <Link href="/projects">
            <FolderKanban aria-hidden />
            All projects
          </Link>
        </DropdownItem>
        <DropdownItem asChild>
          <Link href="/projects/new">
            <Plus aria-hidden />
            New project
          </Link>
        </DropdownItem>
      </DropdownContent>
    </Dropdown>
  )
}
