import type { Metadata } from 'next'
import { type ClientDetails, getClient } from '#lib/management/clients/get.ts'
import { listGrants } from '#lib/management/grants/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { sourceWords, VerifiedBadge } from '../../../../../../components/clients/client-badges.tsx'
import { ClientDetailsCard } from '../../../../../../components/clients/client-details.tsx'
import { ClientSecretCard } from '../../../../../../components/clients/client-secret-card.tsx'
import { RevokeClientCard } from '../../../../../../components/clients/revoke-client-card.tsx'
import { GrantTable } from '../../../../../../components/grants/grant-table.tsx'
import { BackLink } from '../../../../../../components/layout/back-link.tsx'
import { Page } from '../../../../../../components/layout/page.tsx'
import { Pager } from '../../../../../../components/layout/pager.tsx'
import { Badge } from '../../../../../../components/ui/badge.tsx'
import { Notice } from '../../../../../../components/ui/notice.tsx'
import { RelativeTime } from '../../../../../../components/ui/relative-time.tsx'
import { found, hrefWith, one } from '../../../../../search-params.ts'
import { revokeGrantAction } from '../../actions.ts'
import { revokeClientAction, rotateClientSecretAction } from './actions.ts'

export const metadata: Metadata = { title: 'Client' }

export default async function ClientPage({ params, searchParams }: PageProps<'/projects/[project]/clients/[client]'>) {
  const { project: slug, client: segment } = await params
  const clientId = clientIdIn(segment)
  const ctx = await requireMember(slug)
  const cursor = one(await searchParams, 'cursor')
  const [client, { grants, nextCursor }] = await Promise.all([
    found(getClient(ctx, { clientId })),
    found(listGrants(ctx, { clientId, take: 25, ...(cursor ? { cursor } : {}) })),
  ])
  const here = `/projects/${slug}/clients/${encodeURIComponent(clientId)}`

  return (
    <Page
      title={client.name}
      above={<BackLink href={`/projects/${slug}/clients`}>Clients</BackLink>}
      description={<Badges source={client.source} trusted={client.trusted} />}
    >
      {client.revokedAt && (
        <Notice tone="warn" title="This client is revoked">
          Since <RelativeTime at={client.revokedAt} />. It can neither sign anybody in nor use a token again.
        </Notice>
      )}
      <ClientDetailsCard client={client} />
      {client.secretHint !== null && !client.revokedAt && (
        <ClientSecretCard client={client} hint={client.secretHint} rotate={rotateClientSecretAction.bind(null, slug, clientId)} />
      )}
      <section className="grid min-w-0 gap-3">
        <h2 className="font-semibold text-[15px]">Grants</h2>
        {grants.length > 0 ? (
          <GrantTable project={slug} grants={grants} show="user" revoke={(grantId) => revokeGrantAction.bind(null, slug, grantId)} />
        ) : (
          <p className="text-ink-soft">Nobody has allowed this client anything at the moment.</p>
        )}
        <Pager first={cursor ? here : null} next={nextCursor ? hrefWith(here, { cursor: nextCursor }) : null} />
      </section>
      {!client.revokedAt && client.source !== 'builtin' && (
        <RevokeClientCard client={client} revoke={revokeClientAction.bind(null, slug, clientId)} />
      )}
    </Page>
  )
}

/** A client id that is a URL arrives as it stands in the address bar: percent-encoded. */
const clientIdIn = (segment: string): string => (/^https?%3A/i.test(segment) ? decodeURIComponent(segment) : segment)

function Badges(client: Pick<ClientDetails, 'source' | 'trusted'>) {
  return (
    <span className="mt-1 flex flex-wrap gap-2">
      <VerifiedBadge {...client} />
      <Badge>{sourceWords(client)}</Badge>
    </span>
  )
}
