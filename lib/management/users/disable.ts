import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { endGrants } from '../grants/end.ts'
import { parseInput } from '../parse.ts'
import { type UserInput, type UsersInput, userInput, usersInput } from './inputs.ts'

/**
 * Signs the user out everywhere, ends all grants and refuses further sign-ins.
 * Throws `forbidden`, `not_found`, `conflict` when the user is disabled already.
 */
export async function disableUser(ctx: ManagementContext, input: UserInput): Promise<{ grantsEnded: number }> {
  requirePermission(ctx, 'user:write')
  const { userId } = parseInput(userInput, input)
  const { grantsEnded } = await disable(ctx, [userId])
  return { grantsEnded }
}

/** Those that are not yet, together, each with a row of its own in the log. Throws as above when all are. */
export async function disableUsers(ctx: ManagementContext, input: UsersInput): Promise<{ changed: number; grantsEnded: number }> {
  requirePermission(ctx, 'user:write')
  const { userIds } = parseInput(usersInput, input)
  return disable(ctx, userIds)
}

function disable(ctx: ManagementContext, userIds: string[]): Promise<{ changed: number; grantsEnded: number }> {
  const projectId = ctx.project.id
  return inTransaction(async (tx) => {
    const disabled = await tx.$queryRaw<{ id: string }[]>`
      UPDATE end_user SET disabled_at = now(), valid_from = now()
      WHERE project_id = ${projectId}::uuid AND id = ANY (${userIds}::text[]) AND disabled_at IS NULL RETURNING id`
    if (disabled.length === 0) {
      const known = await tx.endUser.count({ where: { projectId, id: { in: userIds } } })
      throw known > 0 ? conflict('This user is disabled already') : notFound('User')
    }
    const ids = disabled.map(({ id }) => id)
    await tx.endUserSession.deleteMany({ where: { projectId, userId: { in: ids } } })
    const { length: grantsEnded } = await endGrants(tx, ctx, { userIds: ids }, 'member')
    for (const userId of ids) {
      await recordAudit(tx, auditSource(ctx), { action: 'user.disabled', userId, changes: { disabled: { before: false, after: true } } })
    }
    return { changed: ids.length, grantsEnded }
  })
}
