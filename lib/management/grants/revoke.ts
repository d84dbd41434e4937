import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { endGrants } from './end.ts'
import { type RevokeGrantInput, revokeGrantInput } from './inputs.ts'

/** Ends what one user allowed one client. Throws `forbidden`, `not_found`, `conflict` when it is revoked already. */
export async function revokeGrant(ctx: ManagementContext, input: RevokeGrantInput): Promise<void> {
  requirePermission(ctx, 'grant:revoke')
  const { grantId } = parseInput(revokeGrantInput, input)

  await inTransaction(async (tx) => {
    const grant = await tx.oAuthGrant.findFirst({
      where: { projectId: ctx.project.id, id: grantId },
      select: { clientId: true, userId: true },
    })
    if (!grant) throw notFound('Grant')
    if ((await endGrants(tx, ctx, { id: grantId }, 'member')) !== 1) throw conflict('This grant is revoked already')
    await recordAudit(tx, auditSource(ctx), { action: 'grant.revoked', grantId, ...grant, reason: 'member' })
  })
}
