import type { Metadata } from 'next'
import Link from 'next/link'
import { Beginnings } from '../../../components/docs/beginnings.tsx'
import { DocsPage } from '../../../components/docs/docs-page.tsx'
import { PlaceCards } from '../../../components/docs/place-cards.tsx'

export const metadata: Metadata = {
  title: 'Documentation',
  description:
    'Where to begin with Gatehouse: as the owner of an MCP server, as the developer of a client, as the operator of an installation.',
}

export default function DocsStartPage() {
  return (
    <DocsPage
      title="Documentation"
      lead={
        <>
          Gatehouse is an OAuth 2.1 authorization server for MCP servers. Each project has an issuer of its own. Once you have one, its{' '}
          <Link href="/projects" className="rounded text-accent underline underline-offset-4">
            quick start
          </Link>{' '}
          has every value filled in; these pages are the rest.
        </>
      }
    >
      <Beginnings />
      <PlaceCards />
    </DocsPage>
  )
}
