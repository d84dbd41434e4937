import { Boxes } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getProject } from '#lib/management/projects/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { EmptyState } from '../../../../../components/layout/empty-state.tsx'
import { Page } from '../../../../../components/layout/page.tsx'
import { ServeThis } from '../../../../../components/projects/serve-this.tsx'
import { agentPrompt } from '../../../../../components/quick-start/agent-prompt.ts'
import { CheckList } from '../../../../../components/quick-start/check-list.tsx'
import { ClientCards } from '../../../../../components/quick-start/client-cards.tsx'
import { ResourceChoice } from '../../../../../components/quick-start/resource-choice.tsx'
import { ServerTabs } from '../../../../../components/quick-start/server-tabs.tsx'
import { Button } from '../../../../../components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '../../../../../components/ui/card.tsx'
import { CodeBlock } from '../../../../../components/ui/code-block.tsx'
import { found, one } from '../../../../search-params.ts'
import { runCheckAction } from './actions.ts'

export const metadata: Metadata = { title: 'Quick start' }

export default async function QuickStartPage({ params, searchParams }: PageProps<'/projects/[project]/quick-start'>) {
  const ctx = await requireMember((await params).project)
  const asked = one(await searchParams, 'resource')
  const { name, slug, settings, resources, scopes } = await found(getProject(ctx))
  const resource = resources.find(({ identifier }) => identifier === asked) ?? resources.find(({ isDefault }) => isDefault) ?? resources[0]
  const here = `/projects/${slug}/quick-start`
  if (!resource) return <NoResource slug={slug} />
  const values = {
    ...{ name, issuer: ctx.project.issuer, resource: resource.identifier, algorithm: settings.signingAlgorithm },
    scopes: scopes.map((scope) => scope.name),
  }

  return (
    <Page title="Quick start" description="Everything is filled with this project’s values: copy, paste, check, connect.">
      <ResourceChoice here={here} resources={resources} chosen={resource.identifier} />
      <Card id="server">
        <CardHeader
          title="1. Protect your server"
          description="Each of these serves the metadata, sends the challenge and checks the token; nothing else is needed on your side."
        />
        <CardBody>
          <ServerTabs {...values} />
        </CardBody>
      </Card>
      <ServeThis {...values} />
      <Card id="agent">
        <CardHeader
          title="Or let a coding agent do it"
          description="A prompt with these values and with how to tell that it is done. It holds no secret."
        />
        <CardBody>
          <div className="max-h-72 overflow-y-auto rounded-lg">
            <CodeBlock title="Prompt for a coding agent" code={agentPrompt(values)} wrap />
          </div>
          <p className="text-[13px] text-ink-soft">
            Agents that read documentation by themselves find it at{' '}
            <a href="/llms.txt" className="underline decoration-line-strong underline-offset-4">
              /llms.txt
            </a>
            .
          </p>
        </CardBody>
      </Card>
      <Card id="checks">
        <CardHeader
          title="2. Check it"
          description="With curl from where your clients are, or from here: Gatehouse asks your server, this browser asks the issuer."
        />
        <CardBody>
          <CheckList
            values={values}
            runner={{
              ...{ issuer: values.issuer, registrationMode: settings.registrationMode },
              server: ctx.permissions.has('resource:write') ? (check) => runCheckAction.bind(null, slug, resource.identifier, check) : null,
            }}
          />
        </CardBody>
      </Card>
      <Card id="clients">
        <CardHeader title="3. Connect a client" description="Exact clicks, and whether this project lets it in as it is set up now." />
        <CardBody>
          <ClientCards
            {...{ name, slug, resource: resource.identifier, registrationMode: settings.registrationMode }}
            {...{ documentPolicy: settings.documentPolicy, documentHosts: settings.documentHosts }}
          />
        </CardBody>
      </Card>
      <Card id="sample">
        <CardHeader
          title="No server yet?"
          description="In a copy of Gatehouse’s repository one command starts a sample MCP server with two tools that takes tokens of this project."
        />
        <CardBody>
          <CodeBlock
            title="Sample server"
            language="shell"
            code={`npm run sample -- --issuer ${values.issuer} --resource http://localhost:3001/mcp`}
            note={
              <>
                Its resource has to be one of the project’s{' '}
                <Link href={`/projects/${slug}/resources`} className="underline decoration-line-strong underline-offset-4">
                  resources
                </Link>
                : it has to be added there first, unless the project’s own is on this machine.
              </>
            }
          />
        </CardBody>
      </Card>
    </Page>
  )
}

function NoResource({ slug }: { slug: string }) {
  return (
    <Page title="Quick start">
      <EmptyState
        icon={Boxes}
        title="No MCP server is named"
        action={
          <Button asChild>
            <Link href={`/projects/${slug}/resources`}>Add a resource</Link>
          </Button>
        }
      >
        <p>The code and the checks are filled with the URL of your MCP server. Add it to the resources, and come back.</p>
      </EmptyState>
    </Page>
  )
}
