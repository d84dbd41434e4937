import { FolderKanban, Plus, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { listProjects } from '#lib/management/projects/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EmptyState } from '../../../components/layout/empty-state.tsx'
import { Page } from '../../../components/layout/page.tsx'
import { Pager } from '../../../components/layout/pager.tsx'
import { SearchForm } from '../../../components/layout/search-form.tsx'
import { ProjectGrid } from '../../../components/projects/project-grid.tsx'
import { ProjectOrder, projectOrderOf } from '../../../components/projects/project-order.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { found, hrefWith, one } from '../../search-params.ts'

export const metadata: Metadata = { title: 'Projects' }

const HERE = '/projects'
/** Below that a search finds nothing that the eye does not. */
const MANY = 6
const PAGE = 24

export default async function ProjectsPage({ searchParams }: PageProps<'/projects'>) {
  const ctx = await requireMember()
  const params = await searchParams
  const [query, cursor, sort] = [one(params, 'query'), one(params, 'cursor'), projectOrderOf(one(params, 'sort'))]
  const { projects, nextCursor } = await found(
    listProjects(ctx, { sort, take: PAGE, ...(query ? { query } : {}), ...(cursor ? { cursor } : {}) }),
  )
  const narrowed = query !== undefined || cursor !== undefined
  const create = ctx.permissions.has('project:create') && (
    <Button asChild>
      <Link href={`${HERE}/new`}>
        <Plus aria-hidden />
        New project
      </Link>
    </Button>
  )

  return (
    <Page
      title="Projects"
      description="Each protects MCP servers of yours, with an issuer, users, clients and keys of its own."
      action={(projects.length > 0 || narrowed) && create}
    >
      {(projects.length > MANY || narrowed) && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <SearchForm action={HERE} label="Search by name or slug" query={query ?? ''} />
          <ProjectOrder order={sort} query={query} />
        </div>
      )}
      {projects.length > 0 && <ProjectGrid projects={projects} />}
      {projects.length === 0 && narrowed && (
        <EmptyState icon={SearchX} title="No project found">
          <p>{query ? `No project has “${query}” in its name or slug.` : 'This page is past the last project.'}</p>
        </EmptyState>
      )}
      {projects.length === 0 && !narrowed && (
        <EmptyState icon={FolderKanban} title="No project yet" action={create}>
          <p>
            A project is an OAuth authorization server for one MCP server. Give it a name and the server’s URL; you get an issuer to point
            the server at and code to paste.
          </p>
        </EmptyState>
      )}
      <Pager
        first={cursor ? hrefWith(HERE, { query, sort }) : null}
        next={nextCursor ? hrefWith(HERE, { query, sort, cursor: nextCursor }) : null}
      />
    </Page>
  )
}
