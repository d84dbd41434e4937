import type { Transaction } from '#lib/db/transaction.ts'
import { forbidden, notFound, type OrganisationContext, permissionsOf } from '../context.ts'

/**
 * One change at a time of who belongs to an organisation: of two owners who demote each other at once, the second sees what the first
 * did. Looks again at what the caller may, for their own role may have changed while they waited. Throws `forbidden`, `not_found`.
 */
export async function lockOrganisation(tx: Transaction, ctx: OrganisationContext): Promise<void> {
  const organisationId = ctx.organisation.id
  const locked = await tx.$queryRaw<unknown[]>`SELECT 1 FROM organisation WHERE id = ${organisationId}::uuid FOR UPDATE`
  if (locked.length === 0) throw notFound('Organisation')
  if (ctx.actor.kind !== 'member') return
  const membership = await tx.membership.findUnique({
    where: { organisationId_memberId: { organisationId, memberId: ctx.actor.id } },
    select: { role: true },
  })
  if (!membership) throw notFound('Organisation')
  const now = permissionsOf(membership.role)
  for (const permission of ctx.permissions) if (!now.has(permission)) throw forbidden(ctx, permission)
}
