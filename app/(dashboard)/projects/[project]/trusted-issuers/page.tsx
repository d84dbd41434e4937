import { Plus, ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { listTrustedIssuers } from '#lib/management/trusted-issuers/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { FirstCall } from '../../../../../components/layout/first-call.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { TrustedIssuerDialog } from '../../../../../components/trusted-issuers/trusted-issuer-dialog.tsx'
import { TrustedIssuerTable } from '../../../../../components/trusted-issuers/trusted-issuer-table.tsx'
import { Button } from '../../../../../components/ui/button.tsx'
import { createTrustedIssuerAction, deleteTrustedIssuerAction, updateTrustedIssuerAction } from './actions.ts'

export const metadata: Metadata = { title: 'Trusted issuers' }

export default async function TrustedIssuersPage({ params }: PageProps<'/projects/[project]/trusted-issuers'>) {
  const ctx = await requireMember((await params).project)
  const issuers = await listTrustedIssuers(ctx)
  const slug = ctx.project.slug
  const mayWrite = ctx.permissions.has('project:write')
  const add = (
    <TrustedIssuerDialog
      action={createTrustedIssuerAction.bind(null, slug)}
      trigger={
        <Button>
          <Plus aria-hidden />
          Trust an issuer
        </Button>
      }
    />
  )

  return (
    <Page
      title="Trusted issuers"
      description="Who else may say who somebody is. Each counts only where its way to get a token is switched on in the settings."
      action={issuers.length > 0 && mayWrite && add}
    >
      {issuers.length === 0 ? (
        <EmptyState icon={ShieldCheck} title="Nobody but this project" action={mayWrite && add}>
          <p>
            Trust your own identity provider, so that your backend can exchange its tokens; a company’s, so that its people are not asked
            one by one; or a cloud’s, so that programs need no secret.
          </p>
          {mayWrite && <FirstCall name="createTrustedIssuer" project={slug} />}
        </EmptyState>
      ) : (
        <TrustedIssuerTable
          issuers={issuers}
          acts={
            mayWrite
              ? {
                  update: (id) => updateTrustedIssuerAction.bind(null, slug, id),
                  remove: (id) => deleteTrustedIssuerAction.bind(null, slug, id),
                }
              : null
          }
        />
      )}
    </Page>
  )
}
