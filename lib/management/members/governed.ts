import type { Transaction } from '#lib/db/transaction.ts'
import { conflict, forbidden, notFound, type OrganisationContext, permissionsOf } from '../context.ts'

export type Governed = { readonly role: string; readonly email: string }

/** A member of the organisation, whose role the caller may take away. Throws `not_found`, `forbidden`. */
export async function findGoverned(tx: Transaction, ctx: OrganisationContext, memberId: string): Promise<Governed> {
  const key = { organisationId_memberId: { organisationId: ctx.organisation.id, memberId } }
  const membership = await tx.membership.findUnique({ where: key, select: { role: true } })
  const member = membership && (await tx.member.findUnique({ where: { id: memberId }, select: { email: true } }))
  if (!member) throw notFound('Member')
  requireGrantable(ctx, membership.role)
  return { role: membership.role, email: member.email }
}

/** Nobody gives or takes a role that may do more than they may themselves: owners are for owners alone. Throws `forbidden`. */
export function requireGrantable(ctx: OrganisationContext, role: string): void {
  for (const permission of permissionsOf(role)) {
    if (!ctx.permissions.has(permission)) throw forbidden(ctx, permission, `Your role is not enough to give or take the role ${role}`)
  }
}

/** Before an owner goes or becomes something else; the organisation is locked. Throws `conflict`. */
export async function requireAnotherOwner(tx: Transaction, ctx: OrganisationContext, memberId: string): Promise<void> {
  const others = await tx.membership.count({
    where: { organisationId: ctx.organisation.id, role: 'owner', memberId: { not: memberId } },
  })
  if (others === 0) throw conflict('An organisation needs an owner: make somebody else one first')
}
