import { read } from '#lib/db/transaction.ts'
import type { ScopeRisk } from '#lib/oauth/context.ts'
import { type ManagementContext, requirePermission } from '../context.ts'

export type ListedScope = {
  readonly name: string
  readonly description: string
  readonly risk: ScopeRisk
  readonly isRequired: boolean
  readonly isDefault: boolean
  readonly position: number
}

/** In the order in which consent shows them. */
export async function listScopes(ctx: ManagementContext): Promise<ListedScope[]> {
  requirePermission(ctx, 'project:read')
  const scopes = await read((db) =>
    db.scope.findMany({
      where: { projectId: ctx.project.id },
      select: { name: true, description: true, risk: true, isRequired: true, isDefault: true, position: true },
      orderBy: [{ position: 'asc' }, { name: 'asc' }],
    }),
  )
  return scopes.map((scope) => ({ ...scope, risk: scope.risk as ScopeRisk }))
}
