import type { Metadata } from 'next'
import Link from 'next/link'
import { getProject } from '#lib/management/projects/get.ts'
import { listUpstreamProviders } from '#lib/management/upstream-providers/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { ProjectEndpoints } from '../../../../../components/endpoints/project-endpoints.tsx'
import { switchesOf } from '../../../../../components/endpoints/switches.ts'
import { Page } from '../../../../../components/layout/page.tsx'
import { found, one } from '../../../../search-params.ts'

export const metadata: Metadata = { title: 'Endpoints' }

export default async function ProjectEndpointsPage({ params, searchParams }: PageProps<'/projects/[project]/endpoints'>) {
  const ctx = await requireMember((await params).project)
  const asked = one(await searchParams, 'issuer')
  const [project, { providers }] = await found(Promise.all([getProject(ctx), listUpstreamProviders(ctx)]))
  return (
    <Page
      title="Endpoints"
      description={
        <>
          What this project’s issuer answers, with its own values, to read and to try. The same for every issuer:{' '}
          <Link href="/docs/endpoints" className="underline decoration-line-strong underline-offset-4">
            the reference
          </Link>
          .
        </>
      }
    >
      <ProjectEndpoints project={project} switches={switchesOf(project.settings, providers)} asked={asked} />
    </Page>
  )
}
