import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { databaseTime, hoursLater } from '../clock.ts'
import { notFound, type OrganisationContext, organisationAuditSource, requirePermission, requireRecentAuthentication } from '../context.ts'
import { requireGrantable } from '../members/governed.ts'
import { lockOrganisation } from '../organisations/lock.ts'
import { parseInput } from '../parse.ts'
import { type ResendInvitationInput, resendInvitationInput } from './inputs.ts'
import { INVITATION_DAYS, type SentInvitation, sendInvitation } from './send.ts'
import { countInvitation } from './throttle.ts'
import { mintInvitation } from './token.ts'

/**
 * A new link, good for seven days again, in place of the old one, which opens nothing any more. Whoever sends it answers for it from now on.
 * Throws `forbidden`, `reauthenticate`, `too_many_requests`, `not_found` also for one that was accepted or revoked.
 */
export async function resendInvitation(ctx: OrganisationContext, input: ResendInvitationInput): Promise<SentInvitation> {
  requirePermission(ctx, 'member:write')
  requireRecentAuthentication(ctx)
  const { invitationId: id } = parseInput(resendInvitationInput, input)
  await countInvitation(ctx.organisation.id)

  const token = mintInvitation()
  const kept = await inTransaction(async (tx) => {
    await lockOrganisation(tx, ctx)
    const where = { organisationId: ctx.organisation.id, id, acceptedAt: null, revokedAt: null }
    const old = await tx.invitation.findFirst({ where, select: { email: true, role: true } })
    if (!old) throw notFound('Invitation')
    requireGrantable(ctx, old.role)
    const expiresAt = hoursLater(await databaseTime(tx), INVITATION_DAYS * 24)
    const renewed = await tx.invitation.updateMany({
      where,
      data: { tokenHash: sha256Hex(token), expiresAt, invitedBy: ctx.actor.id },
    })
    if (renewed.count !== 1) throw notFound('Invitation') // it was accepted meanwhile
    await recordAudit(tx, organisationAuditSource(ctx), { action: 'invitation.resent', invitationId: id, ...old })
    return { id, ...old, expiresAt }
  })
  return sendInvitation(ctx, kept, token)
}
