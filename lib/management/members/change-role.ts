import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { type OrganisationContext, organisationAuditSource, requirePermission, requireRecentAuthentication } from '../context.ts'
import { revokeInvitationsBy } from '../invitations/of-inviter.ts'
import { lockOrganisation } from '../organisations/lock.ts'
import { parseInput } from '../parse.ts'
import { findGoverned, requireAnotherOwner, requireGrantable } from './governed.ts'
import { type ChangeMemberRoleInput, changeMemberRoleInput } from './inputs.ts'

/**
 * Counts from the member's next request on. Invitations that a member sent and could not send any more end with the old role.
 * Throws `forbidden`, `reauthenticate`, `not_found`, `conflict` for the last owner.
 */
export async function changeMemberRole(ctx: OrganisationContext, input: ChangeMemberRoleInput): Promise<void> {
  requirePermission(ctx, 'member:write')
  requireRecentAuthentication(ctx)
  const { memberId, role } = parseInput(changeMemberRoleInput, input)
  requireGrantable(ctx, role)

  await inTransaction(async (tx) => {
    await lockOrganisation(tx, ctx)
    const { role: before, email } = await findGoverned(tx, ctx, memberId)
    if (before === role) return
    if (before === 'owner') await requireAnotherOwner(tx, ctx, memberId)
    await tx.membership.updateMany({ where: { organisationId: ctx.organisation.id, memberId }, data: { role } })
    await revokeInvitationsBy(tx, ctx, memberId, role)
    const changes = { role: { before, after: role } }
    await recordAudit(tx, organisationAuditSource(ctx), { action: 'member.role_changed', memberId, email, changes })
  })
}
