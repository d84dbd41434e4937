import type { z } from 'zod'
import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type SetUserAttributesInput, setUserAttributesInput } from './inputs.ts'

/**
 * What is known of a user, in place of what was: custom claims of the tokens from now on. The log tells which changed and which there were,
 * by their names, which are the customer's own, and not the values, which are the user's. Throws `forbidden`, `invalid`, `not_found`.
 */
export async function setUserAttributes(ctx: ManagementContext, input: SetUserAttributesInput): Promise<void> {
  requirePermission(ctx, 'user:write')
  const { userId, attributes } = parseInput(setUserAttributesInput, input as z.input<typeof setUserAttributesInput>)
  const projectId = ctx.project.id
  await inTransaction(async (tx) => {
    const [old] = await tx.$queryRaw<{ attributes: string }[]>`
      SELECT attributes FROM end_user WHERE project_id = ${projectId}::uuid AND id = ${userId} FOR UPDATE`
    if (!old) throw notFound('User')
    const before = JSON.parse(old.attributes) as Record<string, unknown>
    await tx.endUser.updateMany({ where: { projectId, id: userId }, data: { attributes: JSON.stringify(attributes) } })
    const changes = { attributes: { before: Object.keys(before), after: Object.keys(attributes) } }
    await recordAudit(tx, auditSource(ctx), { action: 'user.attributes_set', userId, names: changedIn(before, attributes), changes })
  })
}

/** Names whose value came, went or is another. */
const changedIn = (before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
