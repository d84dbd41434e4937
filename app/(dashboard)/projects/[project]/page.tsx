import type { Metadata } from 'next'
import Link from 'next/link'
import { groupErrors } from '#lib/management/audit-log/group-errors.ts'
import { getProject } from '#lib/management/projects/get.ts'
import { listUpstreamProviders } from '#lib/management/upstream-providers/list.ts'
import { getUsage } from '#lib/management/usage/get.ts'
import { getUsageInput } from '#lib/management/usage/inputs.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { UsageCard } from '../../../../components/charts/usage-card.tsx'
import { Page } from '../../../../components/layout/page.tsx'
import { FailuresCard } from '../../../../components/projects/failures-card.tsx'
import { RegistrationSwitch } from '../../../../components/projects/registration-switch.tsx'
import { SetupChecklist } from '../../../../components/projects/setup-checklist.tsx'
import { SignInQuestion } from '../../../../components/projects/sign-in-question.tsx'
import { isSaid, signInWays } from '../../../../components/projects/sign-in-ways.ts'
import { TestProjectCard } from '../../../../components/projects/test-project-card.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '../../../../components/ui/card.tsx'
import { Copyable } from '../../../../components/ui/copyable.tsx'
import { found, one } from '../../../search-params.ts'
import { createTestProjectAction } from './actions.ts'
import { currentEnvironment } from './environment.ts'
import { openRegistrationAction } from './settings/actions.ts'
import { addProviderAction } from './settings/provider-actions.ts'
import { keepOwnAccountsAction, nameSignInPageAction, skipQuestionAction } from './sign-in-actions.ts'
import { isQuestionAnswered } from './sign-in-question.ts'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage({ params, searchParams }: PageProps<'/projects/[project]'>) {
  const ctx = await requireMember((await params).project)
  const range = getUsageInput.shape.range.catch('7d').parse(one(await searchParams, 'range'))
  const [project, usage, environment, failures, { providers, next }] = await Promise.all([
    found(getProject(ctx)),
    getUsage(ctx, { range }),
    currentEnvironment(ctx),
    ctx.permissions.has('audit:read') ? groupErrors(ctx, { days: 7 }) : null,
    listUpstreamProviders(ctx),
  ])
  const { slug, settings } = project
  const here = `/projects/${slug}`
  const isAsked =
    ctx.permissions.has('project:write') &&
    !isSaid(settings, providers) &&
    project.progress.tokenIssuedAt === null &&
    !(await isQuestionAnswered(slug))

  return (
    <Page
      title={project.name}
      description="How far it has come, how much it is used, and what fails."
      action={
        <Button asChild tone="secondary">
          <Link href={`${here}/quick-start`}>Quick start</Link>
        </Button>
      }
    >
      {isAsked && (
        <SignInQuestion
          next={next}
          keepOwn={keepOwnAccountsAction.bind(null, slug)}
          addProvider={addProviderAction.bind(null, slug)}
          savePage={nameSignInPageAction.bind(null, slug)}
          skip={skipQuestionAction.bind(null, slug)}
        />
      )}
      <SetupChecklist
        {...{ slug: project.slug, progress: project.progress, createdAt: project.createdAt }}
        registrationMode={project.settings.registrationMode}
        accessTokenTtlSeconds={project.settings.accessTokenTtlSeconds}
        signIn={isAsked ? null : { ways: signInWays(settings, providers), href: `${here}/settings/sign-in` }}
      />
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <Card>
          <CardHeader title="Issuer" description="The URL this project speaks as. It never changes." />
          <CardBody>
            <Labelled label="issuer URL" value={ctx.project.issuer} />
            <Labelled label="MCP server URL" value={project.resources.find((resource) => resource.isDefault)?.identifier ?? ''} />
          </CardBody>
        </Card>
        {ctx.permissions.has('project:write') && (
          <RegistrationSwitch
            mode={project.settings.registrationMode}
            settingsHref={`${here}/settings/clients#registration`}
            change={openRegistrationAction.bind(null, project.slug)}
          />
        )}
      </div>
      <UsageCard usage={usage} here={here} />
      {failures && <FailuresCard errors={failures.errors} log={`${here}/audit-log`} />}
      {environment.environment === 'live' && (
        <TestProjectCard
          environment={environment}
          slug={project.slug}
          create={ctx.permissions.has('project:create') ? createTestProjectAction.bind(null, project.slug) : undefined}
        />
      )}
      {ctx.permissions.has('project:delete') && (
        <p className="text-[13px] text-ink-soft">
          No longer needed?{' '}
          <Link href={`${here}/delete`} className="underline decoration-line-strong underline-offset-4 hover:decoration-current">
            Delete this project
          </Link>
        </p>
      )}
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
