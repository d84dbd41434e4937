import type { Metadata } from 'next'
import { requireMember } from '#lib/session/require-member.ts'
import { BackLink } from '../../../../components/layout/back-link.tsx'
import { Page } from '../../../../components/layout/page.tsx'
import { NewProjectForm } from '../../../../components/projects/new-project-form.tsx'
import { permitted } from '../../../search-params.ts'
import { createProjectAction } from '../actions.ts'

export const metadata: Metadata = { title: 'New project' }

export default async function NewProjectPage() {
  await permitted(await requireMember(), 'project:create')
  return (
    <Page
      width="narrow"
      title="New project"
      description="What it is called, and which MCP server it protects."
      above={<BackLink href="/projects">Projects</BackLink>}
    >
      <NewProjectForm action={createProjectAction} />
    </Page>
  )
}
