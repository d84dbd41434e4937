import type { Metadata } from 'next'
import Link from 'next/link'
import { getProject } from '#lib/management/projects/get.ts'
import { readinessOf } from '#lib/management/readiness/get.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { Page } from '../../../../../components/layout/page.tsx'
import { checks } from '../../../../../components/quick-start/checks.ts'
import { readinessReport } from '../../../../../components/readiness/report.ts'
import { ReportButtons } from '../../../../../components/readiness/report-buttons.tsx'
import { RequirementList } from '../../../../../components/readiness/requirement-list.tsx'
import { reviewerInstructions } from '../../../../../components/readiness/reviewer-instructions.ts'
import { Card, CardBody, CardHeader } from '../../../../../components/ui/card.tsx'
import { CodeBlock } from '../../../../../components/ui/code-block.tsx'
import { found } from '../../../../search-params.ts'
import { runCheckAction } from '../quick-start/actions.ts'

export const metadata: Metadata = { title: 'Directory readiness' }

export default async function ReadinessPage({ params }: PageProps<'/projects/[project]/readiness'>) {
  const ctx = await requireMember((await params).project)
  const project = await found(getProject(ctx))
  const { requirements } = await readinessOf(ctx, project)
  const { name, slug, settings, resources, scopes, reviewer } = project
  const { issuer } = ctx.project
  const resource = resources.find(({ isDefault }) => isDefault)?.identifier ?? null
  const values = resource && { name, issuer, resource, algorithm: settings.signingAlgorithm, scopes: scopes.map((scope) => scope.name) }
  const ready = requirements.filter(({ state }) => state === 'ready').length

  return (
    <Page
      title="Directory readiness"
      description={`What the directories of Claude and ChatGPT look at: ${ready} of ${requirements.length} are ready, as far as this project tells.`}
      action={<ReportButtons slug={slug} report={readinessReport({ name, issuer, resource, requirements, at: ctx.now() })} />}
    >
      <RequirementList
        requirements={requirements}
        here={`/projects/${slug}`}
        questions={values ? checks(values, settings.registrationMode) : []}
        runner={{
          ...{ issuer, registrationMode: settings.registrationMode },
          server: resource && ctx.permissions.has('resource:write') ? (check) => runCheckAction.bind(null, slug, resource, check) : null,
        }}
      />
      {resource && (
        <Card id="instructions">
          <CardHeader
            title="Instructions for reviewers"
            description={
              <>
                Paste them into the submission, and name the tools to try. The code was shown when the{' '}
                <Link
                  href={`/projects/${slug}/settings/sign-in#reviewer`}
                  className="underline decoration-line-strong underline-offset-4 hover:decoration-current"
                >
                  reviewer account
                </Link>{' '}
                was made, and never is again: lost, make a new one.
              </>
            }
          />
          <CardBody>
            <CodeBlock
              title="Test instructions"
              code={reviewerInstructions({ name, resource, email: reviewer?.email ?? null, supportUrl: settings.supportUrl })}
              wrap
            />
          </CardBody>
        </Card>
      )}
    </Page>
  )
}
