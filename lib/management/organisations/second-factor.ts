import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { changesOf } from '../changes.ts'
import {
  conflict,
  notFound,
  type OrganisationContext,
  organisationAuditSource,
  requirePermission,
  requireRecentAuthentication,
} from '../context.ts'
import { parseInput } from '../parse.ts'
import { type RequireSecondFactorInput, requireSecondFactorInput } from './inputs.ts'

/**
 * Whether members work here only with an authenticator app or a passkey. Whoever switches it on must have one: the rule would lock them
 * out at once. Throws `forbidden`, `reauthenticate`, `conflict`.
 */
export async function requireSecondFactor(ctx: OrganisationContext, input: RequireSecondFactorInput): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  requireRecentAuthentication(ctx)
  const { required } = parseInput(requireSecondFactorInput, input)
  const { id } = ctx.organisation
  await inTransaction(async (tx) => {
    const old = await tx.organisation.findUnique({ where: { id }, select: { requireSecondFactor: true } })
    if (!old) throw notFound('Organisation')
    const { after, changes } = changesOf(old, { requireSecondFactor: required })
    if (Object.keys(changes).length === 0) return
    if (required && ctx.actor.kind === 'member' && !(await hasSecondFactor(tx, ctx.actor.id)))
      throw conflict('Set up an authenticator app or a passkey for yourself first, or this would lock you out')
    await tx.organisation.update({ where: { id }, data: after })
    await recordAudit(tx, organisationAuditSource(ctx), { action: 'organisation.updated', changes })
  })
}

async function hasSecondFactor(tx: Transaction, memberId: string): Promise<boolean> {
  const member = await tx.member.findUnique({ where: { id: memberId }, select: { totpConfirmedAt: true } })
  return member?.totpConfirmedAt != null || (await tx.memberPasskey.count({ where: { memberId } })) > 0
}
