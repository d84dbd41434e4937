import type { Metadata } from 'next'
import { requireMember } from '#lib/session/require-member.ts'
import { Page } from '../../../../../components/layout/page.tsx'
import { SettingsPlaces } from '../../../../../components/settings/settings-places.tsx'
import { SettingsSearch } from '../../../../../components/settings/settings-search.tsx'
import { MayChange } from '../../../../../components/ui/may-change.tsx'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsLayout({ params, children }: LayoutProps<'/projects/[project]/settings'>) {
  const ctx = await requireMember((await params).project)
  const base = `/projects/${ctx.project.slug}/settings`
  return (
    <Page width="narrow" title="Settings" description="Changes reach every process within five seconds.">
      <SettingsSearch base={base} />
      <SettingsPlaces base={base} />
      <MayChange allowed={ctx.permissions.has('project:write')}>{children}</MayChange>
    </Page>
  )
}
