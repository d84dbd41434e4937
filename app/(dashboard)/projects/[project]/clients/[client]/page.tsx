import type { Metadata } from 'next'
import { listAuditEvents } from '#lib/management/audit-log/list.ts'
import { type ClientDetails, getClient } from '#lib/management/clients/get.ts'
import { listGrants } from '#lib/management/grants/list.ts'
import { listScopes } from '#lib/management/scopes/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { RecentEvents } from '../../../../../../components/audit-log/recent-events.tsx'
import { BlockClient } from '../../../../../../components/clients/block-client.tsx'
import { ClientStatusBadge, ORIGINS, VerifiedBadge } from '../../../../../../components/clients/client-badges.tsx'
import { ClientDetailsCard } from '../../../../../../components/clients/client-details.tsx'
import { ClientSecretCard } from '../../../../../../components/clients/client-secret-card.tsx'
import { DeleteClientCard } from '../../../../../../components/clients/delete-client-card.tsx'
import { EditClientDialog } from '../../../../../../components/clients/edit-client-dialog.tsx'
import { GrantSection } from '../../../../../../components/grants/grant-section.tsx'
import { BackLink } from '../../../../../../components/layout/back-link.tsx'
import { Page } from '../../../../../../components/layout/page.tsx'
import { ActButton } from '../../../../../../components/ui/act-button.tsx'
import { Badge } from '../../../../../../components/ui/badge.tsx'
import { Notice } from '../../../../../../components/ui/notice.tsx'
import { RelativeTime } from '../../../../../../components/ui/relative-time.tsx'
import { found, hrefWith } from '../../../../../search-params.ts'
import { revokeGrantsAction } from '../../grants/actions.ts'
import {
  blockClientAction,
  deleteClientAction,
  endPreviousSecretAction,
  rereadDocumentAction,
  rotateClientSecretAction,
  unblockClientAction,
  updateClientAction,
} from './actions.ts'
import { clientIdIn } from './client-id.ts'

export const metadata: Metadata = { title: 'Client' }

export default async function ClientPage({ params }: PageProps<'/projects/[project]/clients/[client]'>) {
  const { project: slug, client: segment } = await params
  const clientId = clientIdIn(segment)
  const ctx = await requireMember(slug)
  const [client, grants, scopes, log] = await Promise.all([
    found(getClient(ctx, { clientId })),
    found(listGrants(ctx, { clientId, take: 10 })),
    listScopes(ctx),
    ctx.permissions.has('audit:read') ? listAuditEvents(ctx, { client: clientId, take: 6 }) : null,
  ])
  const mayWrite = ctx.permissions.has('client:write') && client.source !== 'builtin' && client.status !== 'deleted'
  const logHref = hrefWith(`/projects/${slug}/audit-log`, { client: clientId })

  return (
    <Page
      title={client.name}
      above={<BackLink href={`/projects/${slug}/clients`}>Clients</BackLink>}
      description={<Badges client={client} />}
      action={
        mayWrite && (
          <BlockClient
            client={client}
            block={blockClientAction.bind(null, slug, clientId)}
            unblock={unblockClientAction.bind(null, slug, clientId)}
          />
        )
      }
    >
      <Refused client={client} />
      <ClientDetailsCard
        client={client}
        logoSrc={`/projects/${slug}/clients/${encodeURIComponent(clientId)}/logo`}
        action={
          mayWrite &&
          (client.source === 'document' ? (
            <ActButton size="sm" done="The document is read again at its next use" action={rereadDocumentAction.bind(null, slug, clientId)}>
              Read document again
            </ActButton>
          ) : (
            <EditClientDialog
              client={client}
              scopes={scopes.map((scope) => scope.name)}
              action={updateClientAction.bind(null, slug, clientId)}
            />
          ))
        }
      />
      {client.secretHint !== null && !client.revokedAt && (
        <ClientSecretCard
          client={client}
          hint={client.secretHint}
          acts={
            mayWrite
              ? {
                  rotate: rotateClientSecretAction.bind(null, slug, clientId),
                  endPrevious: endPreviousSecretAction.bind(null, slug, clientId),
                }
              : null
          }
        />
      )}
      <GrantSection
        project={slug}
        grants={grants.grants}
        show="user"
        total={client.grantCount}
        allHref={hrefWith(`/projects/${slug}/grants`, { client: clientId })}
        empty="Nobody has allowed this client anything at the moment."
        revoke={ctx.permissions.has('grant:revoke') ? revokeGrantsAction.bind(null, slug) : null}
      />
      {log && <RecentEvents events={log.events} logHref={logHref} eventHref={({ id }) => `${logHref}&event=${id}`} />}
      {mayWrite && <DeleteClientCard client={client} remove={deleteClientAction.bind(null, slug, clientId)} />}
    </Page>
  )
}

function Badges({ client }: { client: ClientDetails }) {
  return (
    <span className="mt-1 flex flex-wrap gap-2">
      <ClientStatusBadge status={client.status} />
      <VerifiedBadge source={client.source} />
      <Badge>{ORIGINS[client.origin]}</Badge>
    </span>
  )
}

function Refused({ client: { status, revokedAt } }: { client: ClientDetails }) {
  if (status === 'blocked') {
    return (
      <Notice tone="warn" title="This client is blocked">
        Since <RelativeTime at={revokedAt} />. It is refused everywhere; what people allowed it waits until you unblock it.
      </Notice>
    )
  }
  return (
    status === 'deleted' && (
      <Notice tone="warn" title="This client is deleted">
        Since <RelativeTime at={revokedAt} />. It can neither sign anybody in nor use a token again.
      </Notice>
    )
  )
}
