import type { z } from 'zod'
import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type SetUserAttributesInput, setUserAttributesInput } from './inputs.ts'

/**
 * What is known of a user, in place of what was: custom claims of the tokens from now on. The log tells the names, which are the
 * customer's own, and not the values, which are the user's. Throws `forbidden`, `invalid`, `not_found`.
 */
export async function setUserAttributes(ctx: ManagementContext, input: SetUserAttributesInput): Promise<void> {
  requirePermission(ctx, 'user:write')
  const { userId, attributes } = parseInput(setUserAttributesInput, input as z.input<typeof setUserAttributesInput>)
  await inTransaction(async (tx) => {
    const { count } = await tx.endUser.updateMany({
      where: { projectId: ctx.project.id, id: userId },
      data: { attributes: JSON.stringify(attributes) },
    })
    if (count !== 1) throw notFound('User')
    await recordAudit(tx, auditSource(ctx), { action: 'user.attributes_set', userId, names: Object.keys(attributes) })
  })
}
