import { read } from '#lib/db/transaction.ts'
import type { TrustedIssuer } from '#lib/oauth/context.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { usersByIssuer } from '../users-by-issuer.ts'

export type ListedTrustedIssuer = Omit<TrustedIssuer, 'jwks'> & {
  readonly id: string
  /** The keys are kept here, not fetched. */
  readonly hasKeys: boolean
  readonly createdAt: Date
  /** Whom it has named; programs are nobody's users. */
  readonly userCount: number
}

/** The oldest first. */
export async function listTrustedIssuers(ctx: ManagementContext): Promise<ListedTrustedIssuer[]> {
  requirePermission(ctx, 'project:read')
  const rows = await read((db) =>
    db.trustedIssuer.findMany({ where: { projectId: ctx.project.id }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
  )
  const users = await usersByIssuer(
    ctx,
    rows.map(({ issuer }) => issuer),
  )
  return rows.map(({ id, kind, issuer, jwks, jwksUri, audience, rules, linkByEmail, createdAt }) => ({
    ...{ id, issuer, jwksUri, audience, linkByEmail, createdAt },
    kind: kind as TrustedIssuer['kind'],
    rules: JSON.parse(rules) as TrustedIssuer['rules'],
    hasKeys: jwks !== null,
    userCount: kind === 'workload' ? 0 : (users.get(issuer) ?? 0),
  }))
}
