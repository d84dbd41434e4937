import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type EnableUserInput, enableUserInput } from './inputs.ts'

/**
 * Lets a disabled user sign in again. The sessions and grants that ended then stay ended.
 * Throws `forbidden`, `not_found`, `conflict` when the user is not disabled.
 */
export async function enableUser(ctx: ManagementContext, input: EnableUserInput): Promise<void> {
  requirePermission(ctx, 'user:write')
  const { userId } = parseInput(enableUserInput, input)
  const where = { projectId: ctx.project.id, id: userId }

  await inTransaction(async (tx) => {
    const enabled = await tx.endUser.updateMany({ where: { ...where, disabledAt: { not: null } }, data: { disabledAt: null } })
    if (enabled.count !== 1) {
      const known = await tx.endUser.findFirst({ where, select: { id: true } })
      throw known ? conflict('This user is not disabled') : notFound('User')
    }
    await recordAudit(tx, auditSource(ctx), { action: 'user.enabled', userId })
  })
}
