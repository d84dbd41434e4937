import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { conflict, notFound, type OrganisationContext, organisationAuditSource } from '../context.ts'
import { revokeInvitationsBy } from '../invitations/of-inviter.ts'
import { lockOrganisation } from '../organisations/lock.ts'
import { requireAnotherOwner } from './governed.ts'

/** A member's own act, whatever their role: nobody has to stay. Throws `conflict` for the last owner, and for a program. */
export async function leaveOrganisation(ctx: OrganisationContext): Promise<void> {
  if (ctx.actor.kind !== 'member') throw conflict('Only a member can leave')
  const { id: memberId, email } = ctx.actor
  const organisationId = ctx.organisation.id

  await inTransaction(async (tx) => {
    await lockOrganisation(tx, ctx)
    const membership = await tx.membership.findFirst({ where: { organisationId, memberId }, select: { role: true } })
    if (!membership) throw notFound('Member')
    if (membership.role === 'owner') await requireAnotherOwner(tx, ctx, memberId)
    await tx.membership.deleteMany({ where: { organisationId, memberId } })
    await revokeInvitationsBy(tx, ctx, memberId, null)
    await recordAudit(tx, organisationAuditSource(ctx), { action: 'member.left', memberId, email, role: membership.role })
  })
}
