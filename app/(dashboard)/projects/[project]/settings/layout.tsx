import type { Metadata } from 'next'
import { Page } from '../../../../../components/layout/page.tsx'
import { SettingsPlaces } from '../../../../../components/settings/settings-places.tsx'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsLayout({ params, children }: LayoutProps<'/projects/[project]/settings'>) {
  const { project } = await params
  return (
    <Page width="narrow" title="Settings" description="Changes reach every process within five seconds.">
      <SettingsPlaces base={`/projects/${project}/settings`} />
      {children}
    </Page>
  )
}
