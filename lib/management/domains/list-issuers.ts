import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'

export type ListedIssuer = {
  readonly url: string
  readonly kind: 'path' | 'subdomain' | 'custom'
  /** The one that snippets, mails and links name. */
  readonly isPrimary: boolean
  /** Refresh families that live: connections that only this issuer can renew. */
  readonly connections: number
  readonly createdAt: Date
}

/** All that the project speaks as, the primary one first; each is valid in its own right. */
export async function listIssuers(ctx: ManagementContext): Promise<ListedIssuer[]> {
  requirePermission(ctx, 'project:read')
  const projectId = ctx.project.id
  const [issuers, families] = await Promise.all([
    read((db) =>
      db.issuer.findMany({
        where: { projectId },
        select: { url: true, kind: true, isPrimary: true, createdAt: true },
        orderBy: [{ isPrimary: 'desc' }, { createdAt: 'asc' }, { url: 'asc' }],
      }),
    ),
    read((db) => db.refreshFamily.groupBy({ by: ['issuer'], where: { projectId, revokedAt: null }, _count: true })),
  ])
  const living = new Map(families.map(({ issuer, _count }) => [issuer, _count]))
  return issuers.map((issuer) => ({ ...issuer, kind: issuer.kind as ListedIssuer['kind'], connections: living.get(issuer.url) ?? 0 }))
}
