import { AppWindow, Plus, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { listClientsInput } from '#lib/management/clients/inputs.ts'
import { listClients } from '#lib/management/clients/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { ORIGINS, STATUSES } from '../../../../../components/clients/client-badges.tsx'
import { ClientTable } from '../../../../../components/clients/client-table.tsx'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { type Choice, ListFilter } from '../../../../../components/layout/list-filter.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { Pager } from '../../../../../components/layout/pager.tsx'
import { Button } from '../../../../../components/ui/button.tsx'
import { CodeBlock } from '../../../../../components/ui/code-block.tsx'
import { hiddenColumns } from '../../../../hidden-columns.ts'
import { found, hrefWith, one } from '../../../../search-params.ts'
import { changeClientsAction } from './actions.ts'

export const metadata: Metadata = { title: 'Clients' }

const CHOICES: readonly Choice[] = [
  { name: 'status', label: 'Status', any: 'Any status', options: Object.entries(STATUSES).map(([value, { label }]) => [value, label]) },
  {
    ...{ name: 'origin', label: 'Source', any: 'Any source' },
    options: Object.entries(ORIGINS).filter(([value]) => value !== 'builtin'),
  },
]

export default async function ClientsPage({ params, searchParams }: PageProps<'/projects/[project]/clients'>) {
  const ctx = await requireMember((await params).project)
  const given = await searchParams
  const filter = { query: one(given, 'query'), status: one(given, 'status'), origin: one(given, 'origin') }
  const [sort, cursor] = [one(given, 'sort'), one(given, 'cursor')]
  const input = listClientsInput.safeParse({ ...filter, sort, cursor })
  const { clients, nextCursor } = input.success ? await found(listClients(ctx, input.data)) : { clients: [], nextCursor: null }
  const here = `/projects/${ctx.project.slug}/clients`
  const isNarrowed = cursor !== undefined || Object.values(filter).some((value) => value !== undefined)
  const mayWrite = ctx.permissions.has('client:write')
  const create = mayWrite && (
    <Button asChild>
      <Link href={`${here}/new`}>
        <Plus aria-hidden />
        New client
      </Link>
    </Button>
  )

  return (
    <Page title="Clients" description="The apps that ask people for access to your server." action={create}>
      {(clients.length > 0 || isNarrowed) && (
        <ListFilter action={here} search="Search by name, id or host" values={filter} choices={CHOICES} kept={{ sort }} />
      )}
      {clients.length > 0 && (
        <ClientTable
          project={ctx.project.slug}
          clients={clients}
          sort={input.data?.sort ?? ''}
          hidden={await hiddenColumns('clients')}
          bulk={mayWrite ? changeClientsAction.bind(null, ctx.project.slug) : null}
        />
      )}
      {clients.length === 0 && isNarrowed && (
        <EmptyState icon={SearchX} title="No client found">
          <p>{cursor ? 'This page is past the last client.' : 'No client of this project fits what you look for.'}</p>
        </EmptyState>
      )}
      {clients.length === 0 && !isNarrowed && <NoClientsYet issuer={ctx.project.issuer} />}
      <Pager
        first={cursor ? hrefWith(here, { ...filter, sort }) : null}
        next={nextCursor ? hrefWith(here, { ...filter, sort, cursor: nextCursor }) : null}
      />
    </Page>
  )
}

function NoClientsYet({ issuer }: { issuer: string }) {
  return (
    <EmptyState icon={AppWindow} title="No client yet">
      <p>
        MCP clients register themselves the first time somebody connects them to your server. Until registration is open they need the
        registration secret, as below, or you make one by hand.
      </p>
      <div className="mt-3 min-w-0 text-left">
        <CodeBlock
          title="Register a client"
          language="shell"
          code={`curl -s ${issuer}/api/oauth/register \\\n  -H "Authorization: Bearer $GATEHOUSE_REGISTRATION_SECRET" \\\n  -H "Content-Type: application/json" \\\n  -d '{"client_name":"My agent","redirect_uris":["http://127.0.0.1:8976/callback"],"token_endpoint_auth_method":"none"}'`}
        />
      </div>
    </EmptyState>
  )
}
