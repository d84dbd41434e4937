import { AppWindow, Plus, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { listClients } from '#lib/management/clients/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { ClientTable } from '../../../../../components/clients/client-table.tsx'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { Pager } from '../../../../../components/layout/pager.tsx'
import { SearchForm } from '../../../../../components/layout/search-form.tsx'
import { Button } from '../../../../../components/ui/button.tsx'
import { CodeBlock } from '../../../../../components/ui/code-block.tsx'
import { found, hrefWith, one } from '../../../../search-params.ts'

export const metadata: Metadata = { title: 'Clients' }

export default async function ClientsPage({ params, searchParams }: PageProps<'/projects/[project]/clients'>) {
  const ctx = await requireMember((await params).project)
  const query = one(await searchParams, 'query')
  const cursor = one(await searchParams, 'cursor')
  const { clients, nextCursor } = await found(listClients(ctx, { ...(query ? { query } : {}), ...(cursor ? { cursor } : {}) }))
  const here = `/projects/${ctx.project.slug}/clients`
  const create = (
    <Button asChild>
      <Link href={`${here}/new`}>
        <Plus aria-hidden />
        New client
      </Link>
    </Button>
  )

  return (
    <Page title="Clients" description="The apps that ask people for access to your server." action={create}>
      {(clients.length > 0 || query || cursor) && <SearchForm action={here} label="Search by name or client id" query={query ?? ''} />}
      {clients.length > 0 && <ClientTable project={ctx.project.slug} clients={clients} />}
      {clients.length === 0 && (query || cursor) && (
        <EmptyState icon={SearchX} title="No client found">
          <p>{query ? `No client of this project has “${query}” in its name or as its id.` : 'This page is past the last client.'}</p>
        </EmptyState>
      )}
      {clients.length === 0 && !query && !cursor && <NoClientsYet issuer={ctx.project.issuer} />}
      <Pager first={cursor ? hrefWith(here, { query }) : null} next={nextCursor ? hrefWith(here, { query, cursor: nextCursor }) : null} />
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
