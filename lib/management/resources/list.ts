import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'

export type ListedResource = {
  readonly identifier: string
  readonly name: string
  readonly isDefault: boolean
  /** Other names that clients ask for it by. */
  readonly aliases: readonly string[]
  readonly createdAt: Date
}

/** The default one first. */
export async function listResources(ctx: ManagementContext): Promise<ListedResource[]> {
  requirePermission(ctx, 'project:read')
  const where = { projectId: ctx.project.id }
  const [resources, aliases] = await Promise.all([
    read((db) =>
      db.resource.findMany({
        where,
        select: { identifier: true, name: true, isDefault: true, createdAt: true },
        orderBy: [{ isDefault: 'desc' }, { createdAt: 'asc' }, { identifier: 'asc' }],
      }),
    ),
    read((db) => db.resourceAlias.findMany({ where, select: { alias: true, identifier: true }, orderBy: { alias: 'asc' } })),
  ])
  return resources.map((resource) => ({
    ...resource,
    aliases: aliases.filter(({ identifier }) => identifier === resource.identifier).map(({ alias }) => alias),
  }))
}
