import { ListChecks, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { affectedGrants, NO_GRANTS } from '#lib/management/affected-grants.ts'
import { listScopes } from '#lib/management/scopes/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { ScopeDialog } from '../../../../../components/scopes/scope-dialog.tsx'
import { ScopeList } from '../../../../../components/scopes/scope-list.tsx'
import { ToolMap } from '../../../../../components/scopes/tool-map.tsx'
import { Button } from '../../../../../components/ui/button.tsx'
import { createScopeAction, deleteScopeAction, orderScopesAction, updateScopeAction } from './actions.ts'

export const metadata: Metadata = { title: 'Scopes' }

export default async function ScopesPage({ params }: PageProps<'/projects/[project]/scopes'>) {
  const ctx = await requireMember((await params).project)
  const [scopes, affected] = await Promise.all([listScopes(ctx), affectedGrants(ctx, 'scope')])
  const mayWrite = ctx.permissions.has('scope:write')
  const slug = ctx.project.slug
  const add = (
    <ScopeDialog
      action={createScopeAction.bind(null, slug)}
      trigger={
        <Button>
          <Plus aria-hidden />
          Add scope
        </Button>
      }
    />
  )

  return (
    <Page
      title="Scopes"
      description="What a client can be allowed, in the words people read when they decide. In this order they see them."
      action={scopes.length > 0 && mayWrite && add}
    >
      {scopes.length === 0 ? (
        <EmptyState icon={ListChecks} title="No scope left" action={mayWrite && add}>
          <p>Without a scope there is nothing to allow, and no client can get a token. Add the first, such as “read: See your data”.</p>
        </EmptyState>
      ) : (
        <ScopeList
          scopes={scopes.map((scope) => ({
            ...scope,
            affected: affected.get(scope.name) ?? NO_GRANTS,
            update: updateScopeAction.bind(null, slug, scope.name),
            remove: deleteScopeAction.bind(null, slug, scope.name),
          }))}
          mayWrite={mayWrite}
          order={orderScopesAction.bind(null, slug)}
        />
      )}
      <p className="text-[13px] text-ink-soft">
        <code className="font-mono">offline_access</code> is added by the protocol where a client may have refresh tokens; it needs no row
        here.
      </p>
      {scopes.length > 0 && <ToolMap project={slug} scopes={scopes} />}
    </Page>
  )
}
