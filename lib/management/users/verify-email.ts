import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type UserInput, userInput } from './inputs.ts'

/**
 * Marks that the user's e-mail address is known to be theirs: what clients then read as `email_verified`.
 * Throws `forbidden`, `not_found`, `conflict` when it is marked already.
 */
export async function verifyUserEmail(ctx: ManagementContext, input: UserInput): Promise<void> {
  requirePermission(ctx, 'user:write')
  const { userId } = parseInput(userInput, input)
  const projectId = ctx.project.id

  await inTransaction(async (tx) => {
    const where = { projectId, id: userId }
    const verified = await tx.endUser.updateMany({
      where: { ...where, email: { not: null }, emailVerifiedAt: null },
      data: { emailVerifiedAt: await databaseTime(tx) },
    })
    if (verified.count !== 1) {
      const known = await tx.endUser.findFirst({ where, select: { email: true } })
      if (!known) throw notFound('User')
      throw conflict(known.email === null ? 'This user has no e-mail address' : 'This e-mail address is verified already')
    }
    await recordAudit(tx, auditSource(ctx), { action: 'user.email_verified', userId })
  })
}
