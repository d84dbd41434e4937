import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'

export type ListedResource = { readonly identifier: string; readonly name: string; readonly isDefault: boolean; readonly createdAt: Date }

/** The default one first. */
export async function listResources(ctx: ManagementContext): Promise<ListedResource[]> {
  requirePermission(ctx, 'project:read')
  return read((db) =>
    db.resource.findMany({
      where: { projectId: ctx.project.id },
      select: { identifier: true, name: true, isDefault: true, createdAt: true },
      orderBy: [{ isDefault: 'desc' }, { createdAt: 'asc' }, { identifier: 'asc' }],
    }),
  )
}
