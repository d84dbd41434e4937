import { KeySquare, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { listApiKeysInput } from '#lib/management/api-keys/inputs.ts'
import { listApiKeys } from '#lib/management/api-keys/list.ts'
import { listProjects } from '#lib/management/projects/list.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { ApiKeyTable } from '../../../../components/api-keys/api-key-table.tsx'
import { NewApiKeyDialog } from '../../../../components/api-keys/new-api-key-dialog.tsx'
import { EmptyState } from '../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../components/layout/page.tsx'
import { Pager } from '../../../../components/layout/pager.tsx'
import { SearchForm } from '../../../../components/layout/search-form.tsx'
import { CodeBlock } from '../../../../components/ui/code-block.tsx'
import { hiddenColumns } from '../../../hidden-columns.ts'
import { found, hrefWith, one, permitted } from '../../../search-params.ts'
import { createApiKeyAction, revokeApiKeyAction } from './actions.ts'

export const metadata: Metadata = { title: 'API keys' }

const HERE = '/organisation/api-keys'

const DESCRIPTION = (
  <>
    For programs that use the management API. A key belongs to whoever made it and never does more than they may.{' '}
    <Link href="/docs/management-api" className="rounded text-accent underline underline-offset-4">
      Reference
    </Link>
  </>
)

const FIRST_CALL = `curl "$GATEHOUSE_URL/api/management/projects" \\
  -H "Authorization: Bearer $GATEHOUSE_API_KEY"`

export default async function ApiKeysPage({ searchParams }: PageProps<'/organisation/api-keys'>) {
  const ctx = await requireMember()
  await permitted(ctx, 'api-key:read')
  const given = await searchParams
  const [query, cursor] = [one(given, 'query'), one(given, 'cursor')]
  const sort = listApiKeysInput.shape.sort.catch('-createdAt').parse(one(given, 'sort'))
  const [{ apiKeys, nextCursor }, { projects }, hidden] = await Promise.all([
    found(listApiKeys(ctx, { sort, ...(query ? { query } : {}), ...(cursor ? { cursor } : {}) })),
    listProjects(ctx, { take: 100, sort: 'name' }),
    hiddenColumns('api-keys'),
  ])
  const mayWrite = ctx.permissions.has('api-key:write')
  const choices = projects.map(({ slug, name }) => ({ slug, name }))
  const make = mayWrite && <NewApiKeyDialog projects={choices} permissions={[...ctx.permissions]} action={createApiKeyAction} />

  return (
    <Page title="API keys" description={DESCRIPTION} action={make}>
      {(apiKeys.length > 5 || query || cursor) && <SearchForm action={HERE} label="Search by name" query={query ?? ''} />}
      {apiKeys.length > 0 && <ApiKeyTable keys={apiKeys} sort={sort} hidden={hidden} mayRevoke={mayWrite} revoke={revokeApiKeyAction} />}
      {apiKeys.length === 0 && (query || cursor) && (
        <EmptyState icon={SearchX} title="No key found">
          <p>{query ? `No key has “${query}” in its name.` : 'This page is past the last key.'}</p>
        </EmptyState>
      )}
      {apiKeys.length === 0 && !query && !cursor && (
        <EmptyState icon={KeySquare} title="No API key yet">
          <p>
            With a key, your deployment scripts can do what you do here: make clients, rotate secrets, read the log. Make one, give it as
            little as it needs, and call:
          </p>
          <div className="min-w-0 text-left">
            <CodeBlock title="First call" code={FIRST_CALL} language="shell" wrap />
          </div>
        </EmptyState>
      )}
      <Pager
        first={cursor ? hrefWith(HERE, { query, sort }) : null}
        next={nextCursor ? hrefWith(HERE, { query, sort, cursor: nextCursor }) : null}
      />
    </Page>
  )
}
