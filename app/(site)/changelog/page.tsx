import type { Metadata } from 'next'
import { RELEASES } from '#lib/changelog.ts'
import { DocsPage } from '../../../components/docs/docs-page.tsx'
import { ReleaseEntry } from '../../../components/site/release-entry.tsx'

export const metadata: Metadata = { title: 'Changelog', description: 'What changed in Gatehouse, release by release.' }

export default function ChangelogPage() {
  return (
    <DocsPage title="Changelog" lead="What changed, release by release, and what to do before an upgrade.">
      {RELEASES.map((release) => (
        <ReleaseEntry key={release.version} release={release} />
      ))}
    </DocsPage>
  )
}
