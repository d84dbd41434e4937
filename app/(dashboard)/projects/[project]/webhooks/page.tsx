import { Webhook } from 'lucide-react'
import type { Metadata } from 'next'
import { listWebhookEndpoints } from '#lib/management/webhooks/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { FirstCall } from '../../../../../components/layout/first-call.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { AddEndpoint } from '../../../../../components/webhooks/add-endpoint.tsx'
import { EndpointTable } from '../../../../../components/webhooks/endpoint-table.tsx'
import { VerifyCard } from '../../../../../components/webhooks/verify-card.tsx'
import { found } from '../../../../search-params.ts'
import { createEndpointAction } from './actions.ts'

export const metadata: Metadata = { title: 'Webhooks' }

export default async function WebhooksPage({ params }: PageProps<'/projects/[project]/webhooks'>) {
  const ctx = await requireMember((await params).project)
  const { endpoints } = await found(listWebhookEndpoints(ctx))
  const add = ctx.permissions.has('webhook:write') && <AddEndpoint action={createEndpointAction.bind(null, ctx.project.slug)} />

  return (
    <Page
      title="Webhooks"
      description="What happens in this project, sent to your backend within seconds: signed, tried again for two days, and every answer kept for thirty."
      action={endpoints.length > 0 && add}
    >
      {endpoints.length > 0 ? (
        <EndpointTable here={`/projects/${ctx.project.slug}/webhooks`} endpoints={endpoints} />
      ) : (
        <EmptyState icon={Webhook} title="Nobody is told yet" action={add}>
          <p>
            Add a URL of your backend, and it hears when a client registers, a user allows one, or a token is used twice: to write to your
            CRM, to warn your people, or to end sessions of your own.
          </p>
          {add && <FirstCall name="createWebhookEndpoint" project={ctx.project.slug} />}
        </EmptyState>
      )}
      <VerifyCard />
    </Page>
  )
}
