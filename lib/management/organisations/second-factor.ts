import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, read, type Transaction } from '#lib/db/transaction.ts'
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

/** The organisation asks for a second factor and this member has none: they reach nothing of it. */
export async function lacksSecondFactor(memberId: string, organisationId: string): Promise<boolean> {
  const barred = await read(
    (db) => db.$queryRaw<unknown[]>`
      SELECT 1 FROM organisation o JOIN member m ON m.id = ${memberId}::uuid
      WHERE o.id = ${organisationId}::uuid AND o.require_second_factor AND m.totp_confirmed_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM member_passkey p WHERE p.member_id = m.id)`,
  )
  return barred.length > 0
}
