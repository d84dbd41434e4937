import { FolderKanban, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { listProjects } from '#lib/management/projects/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EmptyState } from '../../../components/layout/empty-state.tsx'
import { Page } from '../../../components/layout/page.tsx'
import { ProjectGrid } from '../../../components/projects/project-grid.tsx'
import { Button } from '../../../components/ui/button.tsx'

export const metadata: Metadata = { title: 'Projects' }

export default async function ProjectsPage() {
  const ctx = await requireMember()
  const projects = await listProjects(ctx)
  const create = (
    <Button asChild>
      <Link href="/projects/new">
        <Plus aria-hidden />
        New project
      </Link>
    </Button>
  )

  return (
    <Page
      title="Projects"
      description="Each protects one MCP server, with an issuer, users, clients and keys of its own."
      action={projects.length > 0 && create}
    >
      {projects.length === 0 ? (
        <EmptyState icon={FolderKanban} title="No project yet" action={create}>
          <p>
            A project is an OAuth authorization server for one MCP server. Give it a name and the server’s URL; you get an issuer to point
            the server at and code to paste.
          </p>
        </EmptyState>
      ) : (
        <ProjectGrid projects={projects} />
      )}
    </Page>
  )
}
