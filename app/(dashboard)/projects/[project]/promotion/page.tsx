import { FlaskConical, GitCompareArrows } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getPromotion } from '#lib/management/projects/promotion.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { BackLink } from '../../../../../components/layout/back-link.tsx'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { PromotionForm } from '../../../../../components/projects/promotion-form.tsx'
import { Button } from '../../../../../components/ui/button.tsx'
import { found } from '../../../../search-params.ts'
import { promoteSettingsAction } from '../actions.ts'
import { currentEnvironment } from '../environment.ts'

export const metadata: Metadata = { title: 'Promote settings' }

export default async function PromotionPage({ params }: PageProps<'/projects/[project]/promotion'>) {
  const ctx = await requireMember((await params).project)
  const { test } = await found(currentEnvironment(ctx))
  const promotion = test && (await getPromotion(ctx))
  const here = `/projects/${ctx.project.slug}`
  return (
    <Page
      title={`Promote settings to ${ctx.project.name}`}
      description="What is otherwise in the test project. Each keeps its own name, resources, clients, users, identity providers, keys and secrets."
      above={<BackLink href={here}>Overview</BackLink>}
    >
      {!promotion && (
        <EmptyState
          icon={FlaskConical}
          title="There is no test project"
          action={
            ctx.permissions.has('project:create') && (
              <Button asChild>
                <Link href={here}>Create one on the overview</Link>
              </Button>
            )
          }
        >
          <p>A test project is a copy of this one to try settings in. When they are right, they are taken over here.</p>
        </EmptyState>
      )}
      {promotion && promotion.differences.length === 0 && (
        <EmptyState
          icon={GitCompareArrows}
          title="Nothing to promote"
          action={
            <Button asChild>
              <Link href={`/projects/${promotion.test.slug}/settings`}>Settings of {promotion.test.name}</Link>
            </Button>
          }
        >
          <p>
            Settings and scopes of {promotion.test.name} are those of {ctx.project.name}. Change one there, and it shows here.
          </p>
        </EmptyState>
      )}
      {promotion && promotion.differences.length > 0 && (
        <PromotionForm
          key={promotion.version}
          promotion={promotion}
          live={ctx.project.name}
          promote={ctx.permissions.has('project:write') ? promoteSettingsAction.bind(null, ctx.project.slug, promotion.version) : undefined}
        />
      )}
    </Page>
  )
}
