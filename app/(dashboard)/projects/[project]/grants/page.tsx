import { Handshake, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import type { ManagementContext } from '#lib/management/context.ts'
import { listGrantsInput } from '#lib/management/grants/inputs.ts'
import { listGrants } from '#lib/management/grants/list.ts'
import { listResources } from '#lib/management/resources/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { GrantTable } from '../../../../../components/grants/grant-table.tsx'
import { OnlyOf } from '../../../../../components/grants/only-of.tsx'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { ListFilter } from '../../../../../components/layout/list-filter.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { Pager } from '../../../../../components/layout/pager.tsx'
import { Button } from '../../../../../components/ui/button.tsx'
import { hiddenColumns } from '../../../../hidden-columns.ts'
import { found, hrefWith, one } from '../../../../search-params.ts'
import { revokeGrantsAction } from './actions.ts'

export const metadata: Metadata = { title: 'Grants' }

export default async function GrantsPage({ params, searchParams }: PageProps<'/projects/[project]/grants'>) {
  const ctx = await requireMember((await params).project)
  const given = await searchParams
  const filter = { query: one(given, 'query'), status: one(given, 'status'), resource: one(given, 'resource') }
  const of = { client: one(given, 'client'), user: one(given, 'user') }
  const [sort, cursor] = [one(given, 'sort'), one(given, 'cursor')]
  const input = listGrantsInput.safeParse({ ...filter, clientId: of.client, userId: of.user, sort, cursor })
  const [{ grants, nextCursor }, choices] = await Promise.all([
    input.success ? found(listGrants(ctx, input.data)) : { grants: [], nextCursor: null },
    choicesOf(ctx),
  ])
  const here = `/projects/${ctx.project.slug}/grants`
  const isNarrowed = [...Object.values(filter), ...Object.values(of), cursor].some((value) => value !== undefined)

  return (
    <Page title="Grants" description="What people allowed clients: one row for each client a person connected, with its scopes.">
      {(grants.length > 0 || isNarrowed) && (
        <ListFilter action={here} search="Search by user or client" values={filter} choices={choices} kept={{ ...of, sort }} />
      )}
      <OnlyOf {...of} allHref={hrefWith(here, { ...filter, sort })} grant={grants[0] ?? null} />
      {grants.length > 0 && (
        <GrantTable
          project={ctx.project.slug}
          grants={grants}
          show="both"
          sort={input.data?.sort ?? ''}
          mixed={filter.status !== undefined}
          hidden={await hiddenColumns('grants')}
          revoke={ctx.permissions.has('grant:revoke') ? revokeGrantsAction.bind(null, ctx.project.slug) : null}
        />
      )}
      {grants.length === 0 && isNarrowed && (
        <EmptyState icon={SearchX} title="No grant found">
          <p>{cursor ? 'This page is past the last grant.' : 'No grant of this project fits what you look for.'}</p>
        </EmptyState>
      )}
      {grants.length === 0 && !isNarrowed && <NoGrantsYet quickStart={`/projects/${ctx.project.slug}/quick-start`} />}
      <Pager
        first={cursor ? hrefWith(here, { ...filter, ...of, sort }) : null}
        next={nextCursor ? hrefWith(here, { ...filter, ...of, sort, cursor: nextCursor }) : null}
      />
    </Page>
  )
}

async function choicesOf(ctx: ManagementContext) {
  const resources = await listResources(ctx)
  const status = { name: 'status', label: 'Status', any: 'Active' }
  return [
    { ...status, options: [['revoked', 'Revoked'] as const, ['all', 'Active and revoked'] as const] },
    ...(resources.length > 1
      ? [
          {
            ...{ name: 'resource', label: 'Resource', any: 'Any resource' },
            options: resources.map(({ identifier, name }) => [identifier, name] as const),
          },
        ]
      : []),
  ]
}

function NoGrantsYet({ quickStart }: { quickStart: string }) {
  return (
    <EmptyState
      icon={Handshake}
      title="Nobody has allowed a client yet"
      action={
        <Button asChild>
          <Link href={quickStart}>Connect a client</Link>
        </Button>
      }
    >
      <p>
        A grant is made when somebody signs in and presses Allow on the consent page. It holds which scopes they gave to which client for
        which of your servers; its tokens live and die with it.
      </p>
    </EmptyState>
  )
}
