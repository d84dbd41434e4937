import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { endGrants } from './end.ts'
import { type RevokeGrantInput, type RevokeGrantsInput, revokeGrantInput, revokeGrantsInput } from './inputs.ts'

/** Ends what one user allowed one client. Throws `forbidden`, `not_found`, `conflict` when it is revoked already. */
export async function revokeGrant(ctx: ManagementContext, input: RevokeGrantInput): Promise<void> {
  requirePermission(ctx, 'grant:revoke')
  const { grantId } = parseInput(revokeGrantInput, input)
  await revoke(ctx, [grantId], 'This grant is revoked already')
}

/**
 * All of them or none, each with a row of its own in the log; those that are revoked already are passed over. Nothing takes it back: the
 * client has to ask again. Throws `forbidden`, `invalid`, `not_found` when one is unknown, `conflict` when none was left to revoke.
 */
export async function revokeGrants(ctx: ManagementContext, input: RevokeGrantsInput): Promise<{ revoked: number }> {
  requirePermission(ctx, 'grant:revoke')
  const { grantIds } = parseInput(revokeGrantsInput, input)
  return { revoked: await revoke(ctx, grantIds, 'These grants are revoked already') }
}

function revoke(ctx: ManagementContext, ids: readonly string[], nothingLeft: string): Promise<number> {
  return inTransaction(async (tx) => {
    const known = await tx.oAuthGrant.count({ where: { projectId: ctx.project.id, id: { in: [...ids] } } })
    if (known !== ids.length) throw notFound('Grant')
    const ended = await endGrants(tx, ctx, { ids }, 'member')
    if (ended.length === 0) throw conflict(nothingLeft)
    for (const { id, clientId, userId } of ended)
      await recordAudit(tx, auditSource(ctx), { action: 'grant.revoked', grantId: id, clientId, userId, reason: 'member' })
    return ended.length
  })
}
