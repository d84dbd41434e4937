import { metadataOf } from '#lib/oauth/metadata.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { getProject, type ProjectDetails } from '../projects/get.ts'
import { connectionsOf } from './connections.ts'
import type { Requirement } from './requirement.ts'
import { requirementsOf } from './requirements.ts'

export type Readiness = { readonly requirements: readonly Requirement[]; readonly nextCursor: null }

/** What the directories of Claude and ChatGPT look at, as far as the project's own data tells; no server is asked. Throws `forbidden`. */
export async function getReadiness(ctx: ManagementContext): Promise<Readiness> {
  requirePermission(ctx, 'project:read')
  return readinessOf(ctx, await getProject(ctx))
}

/** The same of a project that was read already. */
export async function readinessOf(ctx: ManagementContext, project: ProjectDetails): Promise<Readiness> {
  const connections = await connectionsOf(ctx)
  const { issuer } = ctx.project
  const metadata = metadataOf({ ...project.settings, scopes: project.scopes, url: issuer })
  return { requirements: requirementsOf({ issuer, metadata, project, connections, now: ctx.now() }), nextCursor: null }
}
