import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getDeletionImpact } from '#lib/management/projects/delete.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { BackLink } from '../../../../../components/layout/back-link.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { DeleteProjectCard } from '../../../../../components/projects/delete-project-card.tsx'
import { found } from '../../../../search-params.ts'
import { deleteProjectAction } from '../actions.ts'
import { currentEnvironment } from '../environment.ts'

export const metadata: Metadata = { title: 'Delete project' }

export default async function DeleteProjectPage({ params }: PageProps<'/projects/[project]/delete'>) {
  const ctx = await requireMember((await params).project)
  if (!ctx.permissions.has('project:delete')) notFound()
  const [impact, environment] = await Promise.all([found(getDeletionImpact(ctx)), currentEnvironment(ctx)])
  const { slug, name, issuer } = ctx.project
  return (
    <Page
      width="narrow"
      title={`Delete ${name}`}
      description="For good: there is no undo, and no backup in here."
      above={<BackLink href={`/projects/${slug}`}>Overview</BackLink>}
    >
      <DeleteProjectCard {...{ name, slug, issuer, impact, environment }} action={deleteProjectAction.bind(null, slug)} />
    </Page>
  )
}
