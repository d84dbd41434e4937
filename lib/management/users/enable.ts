import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type UserInput, type UsersInput, userInput, usersInput } from './inputs.ts'

/**
 * Lets a disabled user sign in again. The sessions and grants that ended then stay ended.
 * Throws `forbidden`, `not_found`, `conflict` when the user is not disabled.
 */
export async function enableUser(ctx: ManagementContext, input: UserInput): Promise<void> {
  requirePermission(ctx, 'user:write')
  const { userId } = parseInput(userInput, input)
  await enable(ctx, [userId])
}

/** Those that are disabled, together, each with a row of its own in the log. Throws as above when none is. */
export async function enableUsers(ctx: ManagementContext, input: UsersInput): Promise<{ changed: number }> {
  requirePermission(ctx, 'user:write')
  const { userIds } = parseInput(usersInput, input)
  return { changed: await enable(ctx, userIds) }
}

function enable(ctx: ManagementContext, userIds: string[]): Promise<number> {
  const projectId = ctx.project.id
  return inTransaction(async (tx) => {
    const enabled = await tx.$queryRaw<{ id: string }[]>`
      UPDATE end_user SET disabled_at = NULL
      WHERE project_id = ${projectId}::uuid AND id = ANY (${userIds}::text[]) AND disabled_at IS NOT NULL RETURNING id`
    if (enabled.length === 0) {
      const known = await tx.endUser.count({ where: { projectId, id: { in: userIds } } })
      throw known > 0 ? conflict('This user is not disabled') : notFound('User')
    }
    for (const { id: userId } of enabled) {
      await recordAudit(tx, auditSource(ctx), { action: 'user.enabled', userId, changes: { disabled: { before: true, after: false } } })
    }
    return enabled.length
  })
}
