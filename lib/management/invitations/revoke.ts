import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import { notFound, type OrganisationContext, organisationAuditSource, requirePermission } from '../context.ts'
import { requireGrantable } from '../members/governed.ts'
import { parseInput } from '../parse.ts'
import { type RevokeInvitationInput, revokeInvitationInput } from './inputs.ts'

/** Its link opens nothing any more. Throws `forbidden`, `not_found` also for one that was accepted or revoked. */
export async function revokeInvitation(ctx: OrganisationContext, input: RevokeInvitationInput): Promise<void> {
  requirePermission(ctx, 'member:write')
  const { invitationId: id } = parseInput(revokeInvitationInput, input)
  await inTransaction(async (tx) => {
    const where = { organisationId: ctx.organisation.id, id, acceptedAt: null, revokedAt: null }
    const old = await tx.invitation.findFirst({ where, select: { email: true, role: true } })
    if (!old) throw notFound('Invitation')
    requireGrantable(ctx, old.role)
    const revoked = await tx.invitation.updateMany({ where, data: { revokedAt: await databaseTime(tx) } })
    if (revoked.count !== 1) throw notFound('Invitation') // it was accepted meanwhile
    await recordAudit(tx, organisationAuditSource(ctx), { action: 'invitation.revoked', invitationId: id, ...old })
  })
}
