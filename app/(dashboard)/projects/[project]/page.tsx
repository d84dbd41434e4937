import type { Metadata } from 'next'
import { getProject } from '#lib/management/projects/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { Page } from '../../../../components/layout/page.tsx'
import { ConnectTabs } from '../../../../components/projects/connect-tabs.tsx'
import { RegistrationSwitch } from '../../../../components/projects/registration-switch.tsx'
import { ServeThis } from '../../../../components/projects/serve-this.tsx'
import { SetupChecklist } from '../../../../components/projects/setup-checklist.tsx'
import { Card, CardBody, CardHeader } from '../../../../components/ui/card.tsx'
import { Copyable } from '../../../../components/ui/copyable.tsx'
import { openRegistrationAction } from './settings/actions.ts'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage({ params }: PageProps<'/projects/[project]'>) {
  const ctx = await requireMember((await params).project)
  const project = await getProject(ctx)
  const values = {
    name: project.name,
    issuer: ctx.project.issuer,
    resource: project.resources.find((resource) => resource.isDefault)?.identifier ?? '',
    scopes: project.scopes.map((scope) => scope.name),
    algorithm: project.settings.signingAlgorithm,
  }

  return (
    <Page title={project.name} description="What your MCP server needs to know, and how far it has come.">
      <SetupChecklist progress={project.progress} createdAt={project.createdAt} />
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <Card>
          <CardHeader title="Issuer" description="The URL this project speaks as. It never changes." />
          <CardBody>
            <Labelled label="issuer URL" value={values.issuer} />
            <Labelled label="MCP server URL" value={values.resource} />
          </CardBody>
        </Card>
        <RegistrationSwitch
          mode={project.settings.registrationMode}
          settingsHref={`/projects/${project.slug}/settings/clients#registration`}
          change={openRegistrationAction.bind(null, project.slug)}
        />
      </div>
      <ServeThis {...values} />
      <Card>
        <CardHeader
          title="Protect your server"
          description="Filled with this project’s values. Serves the document, sends the challenge, checks the token."
        />
        <CardBody>
          <ConnectTabs {...values} />
        </CardBody>
      </Card>
    </Page>
  )
}

function Labelled({ label, value }: { label: string; value: string }) {
  return (
    <div className="grid min-w-0 gap-1.5">
      <span className="block font-medium text-[13px] first-letter:uppercase">{label}</span>
      <Copyable label={label} value={value} />
    </div>
  )
}
