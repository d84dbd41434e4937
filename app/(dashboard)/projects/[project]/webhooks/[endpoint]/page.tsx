import { FileClock } from 'lucide-react'
import type { Metadata } from 'next'
import { getWebhookDelivery, listWebhookDeliveries } from '#lib/management/webhooks/deliveries.ts'
import { listWebhookDeliveriesInput } from '#lib/management/webhooks/inputs.ts'
import { getWebhookEndpoint } from '#lib/management/webhooks/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { BackLink } from '../../../../../../components/layout/back-link.tsx'
import { EmptyState } from '../../../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../../../components/layout/page.tsx'
import { Pager } from '../../../../../../components/layout/pager.tsx'
import { SidePanel } from '../../../../../../components/ui/side-panel.tsx'
import { DeliveryDetails } from '../../../../../../components/webhooks/delivery-details.tsx'
import { DeliveryFilter } from '../../../../../../components/webhooks/delivery-filter.tsx'
import { DeliveryTable } from '../../../../../../components/webhooks/delivery-table.tsx'
import { EndpointControls } from '../../../../../../components/webhooks/endpoint-controls.tsx'
import { EndpointFacts } from '../../../../../../components/webhooks/endpoint-facts.tsx'
import { hiddenColumns } from '../../../../../hidden-columns.ts'
import { found, hrefWith, one } from '../../../../../search-params.ts'
import {
  deleteEndpointAction,
  enableEndpointAction,
  replayAction,
  rotateSecretAction,
  testEndpointAction,
  updateEndpointAction,
} from '../actions.ts'

export const metadata: Metadata = { title: 'Webhook endpoint' }

export default async function WebhookEndpointPage({ params, searchParams }: PageProps<'/projects/[project]/webhooks/[endpoint]'>) {
  const { project, endpoint: endpointId } = await params
  const ctx = await requireMember(project)
  const endpoint = await found(getWebhookEndpoint(ctx, { endpointId }))
  const given = await searchParams
  const filter = { state: one(given, 'state'), action: one(given, 'action') }
  const [cursor, openId] = [one(given, 'cursor'), one(given, 'delivery')]
  const input = listWebhookDeliveriesInput.safeParse({ endpointId, ...filter, cursor })
  const { deliveries, nextCursor } = input.success
    ? await found(listWebhookDeliveries(ctx, input.data))
    : { deliveries: [], nextCursor: null }
  const open = openId ? await found(getWebhookDelivery(ctx, { endpointId, deliveryId: openId })) : null

  const list = `/projects/${ctx.project.slug}/webhooks/${endpointId}`
  const here = hrefWith(list, { ...filter, cursor })
  const mayWrite = ctx.permissions.has('webhook:write')
  const replay = mayWrite ? replayAction.bind(null, ctx.project.slug, endpointId) : null
  const bound = [null, ctx.project.slug, endpointId] as const
  return (
    <Page
      title={new URL(endpoint.url).host}
      above={<BackLink href={`/projects/${ctx.project.slug}/webhooks`}>Webhooks</BackLink>}
      description={endpoint.description}
      action={
        mayWrite && (
          <EndpointControls
            endpoint={endpoint}
            test={testEndpointAction.bind(...bound)}
            update={updateEndpointAction.bind(...bound)}
            enable={enableEndpointAction.bind(...bound, endpoint.disabledAt !== null)}
            rotate={rotateSecretAction.bind(...bound)}
            remove={deleteEndpointAction.bind(...bound)}
          />
        )
      }
    >
      <EndpointFacts endpoint={endpoint} />
      <DeliveryFilter action={list} filter={filter} />
      {deliveries.length > 0 ? (
        <DeliveryTable deliveries={deliveries} here={here} hidden={await hiddenColumns('deliveries')} replay={replay} />
      ) : (
        <EmptyState icon={FileClock} title={filter.state || filter.action ? 'Nothing fits' : 'Nothing sent yet'}>
          <p>
            {filter.state || filter.action
              ? 'No delivery of the last thirty days is like that.'
              : 'The next event it wants is sent within seconds of happening. Send a test to see one now.'}
          </p>
        </EmptyState>
      )}
      <Pager first={cursor ? hrefWith(list, filter) : null} next={nextCursor ? hrefWith(list, { ...filter, cursor: nextCursor }) : null} />
      {open && (
        <SidePanel key={open.deliveryId} title={open.action} closeHref={here}>
          <DeliveryDetails project={ctx.project.slug} delivery={open} replay={replay} />
        </SidePanel>
      )}
    </Page>
  )
}
