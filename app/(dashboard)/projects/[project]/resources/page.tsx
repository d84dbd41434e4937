import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { affectedGrants, NO_GRANTS } from '#lib/management/affected-grants.ts'
import { getProject } from '#lib/management/projects/get.ts'
import { listUnknownResources } from '#lib/management/resources/list-unknown.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { Page } from '../../../../../components/layout/page.tsx'
import { ResourceCard } from '../../../../../components/resources/resource-card.tsx'
import { ResourceDialog } from '../../../../../components/resources/resource-dialog.tsx'
import { tokenLifeWords } from '../../../../../components/resources/token-life.ts'
import { UnknownResources } from '../../../../../components/resources/unknown-resources.tsx'
import { Button } from '../../../../../components/ui/button.tsx'
import {
  createAliasAction,
  createResourceAction,
  deleteAliasAction,
  deleteResourceAction,
  makeDefaultAction,
  renameResourceAction,
} from './actions.ts'

export const metadata: Metadata = { title: 'Resources' }

export default async function ResourcesPage({ params }: PageProps<'/projects/[project]/resources'>) {
  const ctx = await requireMember((await params).project)
  const [project, affected, unknown] = await Promise.all([getProject(ctx), affectedGrants(ctx, 'resources'), listUnknownResources(ctx)])
  const { slug, resources, settings } = project
  const mayWrite = ctx.permissions.has('resource:write')
  const values = {
    issuer: ctx.project.issuer,
    scopes: project.scopes.map((scope) => scope.name),
    algorithm: settings.signingAlgorithm,
  }

  return (
    <Page
      title="Resources"
      description="The MCP servers this project issues tokens for. A token names one of them as its audience and is worth nothing at another."
      action={
        mayWrite && (
          <ResourceDialog
            action={createResourceAction.bind(null, slug)}
            trigger={
              <Button>
                <Plus aria-hidden />
                Add resource
              </Button>
            }
          />
        )
      }
    >
      {unknown.length > 0 && (
        <UnknownResources
          unknown={unknown}
          resources={resources}
          addAlias={mayWrite ? (identifier) => createAliasAction.bind(null, slug, identifier) : null}
        />
      )}
      {resources.map((resource) => (
        <ResourceCard
          key={resource.identifier}
          resource={resource}
          affected={affected.get(resource.identifier) ?? NO_GRANTS}
          values={values}
          tokenLife={tokenLifeWords(settings.accessTokenTtlSeconds)}
          acts={
            mayWrite
              ? {
                  rename: renameResourceAction.bind(null, slug, resource.identifier),
                  makeDefault: makeDefaultAction.bind(null, slug, resource.identifier),
                  remove: deleteResourceAction.bind(null, slug, resource.identifier),
                  addAlias: createAliasAction.bind(null, slug, resource.identifier),
                  removeAlias: (alias) => deleteAliasAction.bind(null, slug, resource.identifier, alias),
                }
              : null
          }
        />
      ))}
    </Page>
  )
}
