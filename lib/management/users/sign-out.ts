import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { endGrants } from '../grants/end.ts'
import { parseInput } from '../parse.ts'
import { type UserInput, userInput } from './inputs.ts'

/**
 * Ends every session of the user and everything that clients were allowed; they may sign in again at once.
 * Throws `forbidden`, `not_found`.
 */
export async function signOutUser(ctx: ManagementContext, input: UserInput): Promise<{ sessionsEnded: number; grantsEnded: number }> {
  requirePermission(ctx, 'user:write')
  const { userId } = parseInput(userInput, input)
  const projectId = ctx.project.id

  return inTransaction(async (tx) => {
    const { count } = await tx.endUser.updateMany({ where: { projectId, id: userId }, data: { validFrom: await databaseTime(tx) } })
    if (count !== 1) throw notFound('User')
    const { count: sessionsEnded } = await tx.endUserSession.deleteMany({ where: { projectId, userId } })
    const { length: grantsEnded } = await endGrants(tx, ctx, { userIds: [userId] }, 'member')
    await recordAudit(tx, auditSource(ctx), { action: 'user.signed_out', userId, changes: { sessionsEnded, grantsEnded } })
    return { sessionsEnded, grantsEnded }
  })
}
