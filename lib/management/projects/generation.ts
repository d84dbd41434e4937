import type { Transaction } from '#lib/db/transaction.ts'
import { type ManagementContext, notFound } from '../context.ts'

/**
 * Tells every cached issuer to read again. As the first statement of a transaction it also queues changes to one project:
 * the row stays locked until COMMIT, so what is read next is what the previous change left.
 */
export async function bumpGeneration(tx: Transaction, ctx: ManagementContext): Promise<void> {
  const bumped = await tx.project.updateMany({ where: { id: ctx.project.id, deletedAt: null }, data: { generation: { increment: 1 } } })
  if (bumped.count !== 1) throw notFound('Project')
}
