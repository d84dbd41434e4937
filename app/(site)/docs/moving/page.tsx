import type { Metadata } from 'next'
import { DocsPage } from '../../../../components/docs/docs-page.tsx'
import { GuideCard } from '../../../../components/docs/guide-card.tsx'
import { guides } from '../../../../components/docs/moving/guides.ts'

export const metadata: Metadata = {
  title: 'Moving to Gatehouse',
  description: 'From FastMCP’s OAuthProxy, WorkOS AuthKit, Descope, Stytch, Auth0 and Keycloak: what maps to what, step by step.',
}

const LEAD =
  'Your MCP server can trust two issuers for a while, so a move needs no day on which everybody is signed out. Each guide says what maps to what, which calls bring clients, scopes and users over, what changes in your server, and what people notice.'

export default function MovingPage() {
  return (
    <DocsPage title="Moving to Gatehouse" lead={LEAD}>
      <ul className="grid gap-4 sm:grid-cols-2">
        {guides.map((guide) => (
          <GuideCard key={guide.slug} guide={guide} />
        ))}
      </ul>
    </DocsPage>
  )
}
