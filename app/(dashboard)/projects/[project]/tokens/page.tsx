import type { Metadata } from 'next'
import { requireMember } from '#lib/session/require-member.ts'
import { Page } from '../../../../../components/layout/page.tsx'
import { TokenForm } from '../../../../../components/tokens/token-form.tsx'
import { permitted } from '../../../../search-params.ts'
import { checkTokenAction } from './actions.ts'

export const metadata: Metadata = { title: 'Check a token' }

export default async function TokensPage({ params }: PageProps<'/projects/[project]/tokens'>) {
  const ctx = await requireMember((await params).project)
  await permitted(ctx, 'grant:read')
  return (
    <Page
      title="Check a token"
      description={`Whether an MCP server of ${ctx.project.name} should accept it, claim by claim, and whether it still counts.`}
    >
      <TokenForm action={checkTokenAction.bind(null, ctx.project.slug)} />
    </Page>
  )
}
