import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type OrderScopesInput, orderScopesInput } from './inputs.ts'

/**
 * The order in which lists and consent show them. All must be named once, so that two who move things at the same time cannot lose one.
 * Throws `forbidden`, `invalid`, `conflict` when scopes were added or deleted meanwhile.
 */
export async function orderScopes(ctx: ManagementContext, input: OrderScopesInput): Promise<void> {
  requirePermission(ctx, 'scope:write')
  const { names } = parseInput(orderScopesInput, input)
  const projectId = ctx.project.id

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const orderBy = [{ position: 'asc' as const }, { name: 'asc' as const }]
    const scopes = await tx.scope.findMany({ where: { projectId }, select: { name: true, position: true }, orderBy })
    const before = scopes.map(({ name }) => name)
    if (before.toSorted().join(' ') !== names.toSorted().join(' ')) {
      throw conflict('The scopes have changed meanwhile. Load the page again')
    }
    if (before.join(' ') === names.join(' ')) return
    for (const { name, position } of scopes) {
      const wanted = names.indexOf(name)
      if (wanted !== position) await tx.scope.updateMany({ where: { projectId, name }, data: { position: wanted } })
    }
    await recordAudit(tx, auditSource(ctx), { action: 'scope.reordered', changes: { order: { before, after: names } } })
  })
}
