import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { databaseTime, hoursLater } from '../clock.ts'
import { conflict, type OrganisationContext, organisationAuditSource, requirePermission, requireRecentAuthentication } from '../context.ts'
import { requireGrantable } from '../members/governed.ts'
import { lockOrganisation } from '../organisations/lock.ts'
import { parseInput } from '../parse.ts'
import { type CreateInvitationInput, createInvitationInput } from './inputs.ts'
import { INVITATION_DAYS, type SentInvitation, sendInvitation } from './send.ts'
import { countInvitation } from './throttle.ts'
import { mintInvitation } from './token.ts'

/**
 * Asks somebody to join, by mail where this installation sends any. The answer does not tell whether the address has an account.
 * Throws `forbidden`, `reauthenticate`, `invalid`, `too_many_requests`, `conflict` for a member and for whoever was asked already.
 */
export async function createInvitation(ctx: OrganisationContext, input: CreateInvitationInput): Promise<SentInvitation> {
  requirePermission(ctx, 'member:write')
  requireRecentAuthentication(ctx)
  const { email, role } = parseInput(createInvitationInput, input)
  requireGrantable(ctx, role)
  await countInvitation(ctx.organisation.id)

  const [id, token] = [uuidv7(), mintInvitation()]
  const expiresAt = await inTransaction(async (tx) => {
    await lockOrganisation(tx, ctx)
    await requireNewcomer(tx, ctx, email)
    const expiresAt = hoursLater(await databaseTime(tx), INVITATION_DAYS * 24)
    await tx.invitation.create({
      data: { organisationId: ctx.organisation.id, id, email, role, tokenHash: sha256Hex(token), invitedBy: ctx.actor.id, expiresAt },
    })
    await recordAudit(tx, organisationAuditSource(ctx), { action: 'invitation.created', invitationId: id, email, role })
    return expiresAt
  })
  return sendInvitation(ctx, { id, email, role, expiresAt }, token)
}

/** Neither a member of this organisation nor asked and still free to answer. */
async function requireNewcomer(tx: Transaction, ctx: OrganisationContext, email: string): Promise<void> {
  const organisationId = ctx.organisation.id
  const member = await tx.member.findUnique({ where: { email }, select: { id: true } })
  const isMember = member && (await tx.membership.count({ where: { organisationId, memberId: member.id } })) > 0
  if (isMember) throw conflict(`${email} is a member already`)
  const open = { organisationId, email, acceptedAt: null, revokedAt: null, expiresAt: { gt: await databaseTime(tx) } }
  if ((await tx.invitation.count({ where: open })) > 0) throw conflict(`${email} is invited already: send the invitation again`)
}
