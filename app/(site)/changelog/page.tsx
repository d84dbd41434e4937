import type { Metadata } from 'next'
import { RELEASES } from '#lib/changelog.ts'
import { ReleaseEntry } from '../../../components/site/release-entry.tsx'
import { SitePage } from '../../../components/site/site-page.tsx'

export const metadata: Metadata = { title: 'Changelog', description: 'What changed in Gatehouse, release by release.' }

export default function ChangelogPage() {
  return (
    <SitePage title="Changelog" lead="What changed, release by release, and what to do before an upgrade.">
      {RELEASES.map((release) => (
        <ReleaseEntry key={release.version} release={release} />
      ))}
    </SitePage>
  )
}
