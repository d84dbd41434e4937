import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { type OrganisationContext, organisationAuditSource, requirePermission, requireRecentAuthentication } from '../context.ts'
import { revokeInvitationsBy } from '../invitations/of-inviter.ts'
import { lockOrganisation } from '../organisations/lock.ts'
import { parseInput } from '../parse.ts'
import { findGoverned, requireAnotherOwner } from './governed.ts'
import { type RemoveMemberInput, removeMemberInput } from './inputs.ts'

/**
 * Counts from the member's next request on. Their account and their other organisations stay; invitations they sent from this one end.
 * Throws `forbidden`, `reauthenticate`, `not_found`, `conflict` for the last owner.
 */
export async function removeMember(ctx: OrganisationContext, input: RemoveMemberInput): Promise<void> {
  requirePermission(ctx, 'member:write')
  requireRecentAuthentication(ctx)
  const { memberId } = parseInput(removeMemberInput, input)

  await inTransaction(async (tx) => {
    await lockOrganisation(tx, ctx)
    const { role, email } = await findGoverned(tx, ctx, memberId)
    if (role === 'owner') await requireAnotherOwner(tx, ctx, memberId)
    await tx.membership.deleteMany({ where: { organisationId: ctx.organisation.id, memberId } })
    await revokeInvitationsBy(tx, ctx, memberId, null)
    await recordAudit(tx, organisationAuditSource(ctx), { action: 'member.removed', memberId, email, role })
  })
}
