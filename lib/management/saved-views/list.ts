import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'

export type SavedView = { readonly id: string; readonly name: string; readonly query: string; readonly createdAt: Date }

/** All of the project's, by name: there are few, and every member sees them. */
export async function listSavedViews(ctx: ManagementContext): Promise<{ views: SavedView[]; nextCursor: null }> {
  requirePermission(ctx, 'audit:read')
  const views = await read((db) =>
    db.savedView.findMany({
      where: { projectId: ctx.project.id },
      select: { id: true, name: true, query: true, createdAt: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
  )
  return { views, nextCursor: null }
}
