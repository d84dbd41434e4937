import type { Metadata } from 'next'
import { listScopes } from '#lib/management/scopes/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { ClientForm } from '../../../../../../components/clients/client-form.tsx'
import { BackLink } from '../../../../../../components/layout/back-link.tsx'
import { Page } from '../../../../../../components/layout/page.tsx'
import { permitted } from '../../../../../search-params.ts'
import { createClientAction } from '../actions.ts'

export const metadata: Metadata = { title: 'New client' }

export default async function NewClientPage({ params }: PageProps<'/projects/[project]/clients/new'>) {
  const ctx = await requireMember((await params).project)
  await permitted(ctx, 'client:write')
  const scopes = await listScopes(ctx)
  const clients = `/projects/${ctx.project.slug}/clients`
  return (
    <Page
      width="narrow"
      title="New client"
      description="For a client that cannot register itself, or one you want to vouch for."
      above={<BackLink href={clients}>Clients</BackLink>}
    >
      <ClientForm
        action={createClientAction.bind(null, ctx.project.slug)}
        clientsHref={clients}
        issuer={ctx.project.issuer}
        scopes={scopes.map((scope) => scope.name)}
      />
    </Page>
  )
}
