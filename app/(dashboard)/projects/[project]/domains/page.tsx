import { Globe, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { installationFront } from '#lib/management/domains/installation.ts'
import { listDomains } from '#lib/management/domains/list.ts'
import { listIssuers } from '#lib/management/domains/list-issuers.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { ClaimDialog } from '../../../../../components/domains/claim-dialog.tsx'
import { DomainCard } from '../../../../../components/domains/domain-card.tsx'
import { IssuerTable } from '../../../../../components/domains/issuer-table.tsx'
import { ProxyInstructions } from '../../../../../components/domains/proxy-instructions.tsx'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { FirstCall } from '../../../../../components/layout/first-call.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { Button } from '../../../../../components/ui/button.tsx'
import { Notice } from '../../../../../components/ui/notice.tsx'
import { checkDomainAction, claimDomainAction, removeDomainAction, setPrimaryIssuerAction } from './actions.ts'

export const metadata: Metadata = { title: 'Issuers & domains' }

export default async function DomainsPage({ params }: PageProps<'/projects/[project]/domains'>) {
  const ctx = await requireMember((await params).project)
  const [issuers, domains] = await Promise.all([listIssuers(ctx), listDomains(ctx)])
  const { slug } = ctx.project
  const mayWrite = ctx.permissions.has('project:write')
  const front = installationFront()
  const add = mayWrite && (
    <ClaimDialog
      action={claimDomainAction.bind(null, slug)}
      trigger={
        <Button>
          <Plus aria-hidden />
          Add domain
        </Button>
      }
    />
  )

  return (
    <Page
      title="Issuers & domains"
      description="The URLs this project speaks as. Each is an authorization server in its own right, with the same users, clients and keys."
      action={domains.length > 0 && add}
    >
      <IssuerTable issuers={issuers} makePrimary={mayWrite ? (url) => setPrimaryIssuerAction.bind(null, slug, url) : null} />
      <Notice title="An issuer never changes for who is connected">
        Clients keep the issuer they began with and compare it letter by letter in every answer and token. A new domain is one more issuer
        beside the old ones, which go on answering.
      </Notice>
      <h2 className="-mb-2 font-semibold text-[15px]">Domains</h2>
      {domains.length === 0 && (
        <EmptyState icon={Globe} title="No domain of your own" action={add}>
          <p>
            With one, people sign in at a host they know, such as login.example.com, and passkeys belong to it. You prove it with a DNS
            record; nothing changes until then.
          </p>
          {mayWrite && <FirstCall name="claimDomain" project={slug} />}
        </EmptyState>
      )}
      {domains.map((domain) => (
        <DomainCard
          key={domain.host}
          domain={domain}
          connections={issuers.find(({ url }) => url === domain.issuer)?.connections ?? 0}
          acts={
            mayWrite
              ? { check: checkDomainAction.bind(null, slug, domain.host), remove: removeDomainAction.bind(null, slug, domain.host) }
              : null
          }
        />
      ))}
      {domains[0] && <ProxyInstructions host={domains[0].host} installation={front.url} trustsProxy={front.trustsProxy} />}
    </Page>
  )
}
