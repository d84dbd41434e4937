import { read } from '#lib/db/transaction.ts'
import { type OrganisationContext, requirePermission } from '../context.ts'

export type ListedProject = {
  readonly slug: string
  readonly name: string
  /** The primary issuer's URL. */
  readonly issuer: string
  /** The default resource. */
  readonly resource: string
  readonly createdAt: Date
  /** Living clients, without the project's own backend. */
  readonly clientCount: number
}

/** Newest first. */
export async function listProjects(ctx: OrganisationContext): Promise<ListedProject[]> {
  requirePermission(ctx, 'project:read')
  const projects = await read((db) =>
    db.project.findMany({
      where: { organisationId: ctx.organisation.id, deletedAt: null },
      select: { id: true, slug: true, name: true, createdAt: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    }),
  )
  const projectId = { in: projects.map((project) => project.id) }
  const [issuers, resources, clients] = await Promise.all([
    read((db) => db.issuer.findMany({ where: { projectId, isPrimary: true }, select: { projectId: true, url: true } })),
    read((db) => db.resource.findMany({ where: { projectId, isDefault: true }, select: { projectId: true, identifier: true } })),
    read((db) =>
      db.oAuthClient.groupBy({ by: ['projectId'], where: { projectId, revokedAt: null, source: { not: 'builtin' } }, _count: true }),
    ),
  ])
  const issuerOf = new Map(issuers.map((issuer) => [issuer.projectId, issuer.url]))
  const resourceOf = new Map(resources.map((resource) => [resource.projectId, resource.identifier]))
  const clientsOf = new Map(clients.map((client) => [client.projectId, client._count]))

  return projects.map(({ id, ...project }) => ({
    ...project,
    issuer: issuerOf.get(id) ?? '',
    resource: resourceOf.get(id) ?? '',
    clientCount: clientsOf.get(id) ?? 0,
  }))
}
