import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { endGrants } from '../grants/end.ts'
import { parseInput } from '../parse.ts'
import { type DisableUserInput, disableUserInput } from './inputs.ts'

/**
 * Signs the user out everywhere, ends all grants and refuses further sign-ins.
 * Throws `forbidden`, `not_found`, `conflict` when the user is disabled already.
 */
export async function disableUser(ctx: ManagementContext, input: DisableUserInput): Promise<{ grantsEnded: number }> {
  requirePermission(ctx, 'user:write')
  const { userId } = parseInput(disableUserInput, input)
  const projectId = ctx.project.id

  return inTransaction(async (tx) => {
    const now = await databaseTime(tx)
    const disabled = await tx.endUser.updateMany({
      where: { projectId, id: userId, disabledAt: null },
      data: { disabledAt: now, validFrom: now },
    })
    if (disabled.count !== 1) {
      const known = await tx.endUser.findFirst({ where: { projectId, id: userId }, select: { id: true } })
      throw known ? conflict('This user is disabled already') : notFound('User')
    }
    await tx.endUserSession.deleteMany({ where: { projectId, userId } })
    const { length: grantsEnded } = await endGrants(tx, ctx, { userId }, 'member')
    await recordAudit(tx, auditSource(ctx), { action: 'user.disabled', userId })
    return { grantsEnded }
  })
}
