import type { Metadata } from 'next'
import { quirks } from '#lib/oauth/quirks.ts'
import { DocsPage } from '../../../components/docs/docs-page.tsx'
import { JumpList } from '../../../components/docs/jump-list.tsx'
import { QuirkEntry } from '../../../components/site/quirk-entry.tsx'

export const metadata: Metadata = {
  title: 'Client quirks',
  description: 'What MCP clients do that no specification asks for, what Gatehouse does about it, who says so, and the test that holds it.',
}

export default function QuirksPage() {
  return (
    <DocsPage
      title="Client quirks"
      lead="What MCP clients do that no specification asks for, or that one allows and few servers expect. Each entry says what we do about it, where it was seen, which switch of a project changes it, and which test runs through every door before a release."
    >
      <JumpList label="Entries" groups={[{ to: quirks.map(({ id, title }) => ({ id, text: title })) }]} />
      <div className="min-w-0 border-b">
        {quirks.map((quirk) => (
          <QuirkEntry key={quirk.id} quirk={quirk} />
        ))}
      </div>
    </DocsPage>
  )
}
