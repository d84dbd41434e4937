import { read } from '#lib/db/transaction.ts'
import { type OrganisationContext, requirePermission } from '../context.ts'

export type ProjectChoice = { readonly slug: string; readonly name: string; readonly environment: 'live' | 'test' }

/** So many fit into a menu; the list of projects has all. */
const MAX_CHOICES = 100

/** The projects to choose from, the newest 100. Throws `forbidden`. */
export async function projectChoices(ctx: OrganisationContext): Promise<ProjectChoice[]> {
  requirePermission(ctx, 'project:read')
  const projects = await read((db) =>
    db.project.findMany({
      where: { organisationId: ctx.organisation.id, deletedAt: null },
      select: { slug: true, name: true, environment: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: MAX_CHOICES,
    }),
  )
  return projects.map((project) => ({ ...project, environment: environmentOf(project.environment) }))
}

/** The database's CHECK constraint names the same two. */
export const environmentOf = (word: string): 'live' | 'test' => (word === 'test' ? 'test' : 'live')
