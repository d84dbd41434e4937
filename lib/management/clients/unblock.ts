import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ClientInput, type ClientsInput, clientInput, clientsInput } from './inputs.ts'

/**
 * Takes a block back: tokens that have not run out meanwhile work again. What was deleted stays deleted.
 * Throws `forbidden`, `not_found`, `conflict` when it is not blocked.
 */
export async function unblockClient(ctx: ManagementContext, input: ClientInput): Promise<void> {
  requirePermission(ctx, 'client:write')
  const { clientId } = parseInput(clientInput, input)
  await unblock(ctx, [clientId])
}

/** Those that are blocked, together, each with a row of its own in the log. Throws as above when none is. */
export async function unblockClients(ctx: ManagementContext, input: ClientsInput): Promise<{ changed: number }> {
  requirePermission(ctx, 'client:write')
  const { clientIds } = parseInput(clientsInput, input)
  return { changed: await unblock(ctx, clientIds) }
}

function unblock(ctx: ManagementContext, clientIds: string[]): Promise<number> {
  const projectId = ctx.project.id
  return inTransaction(async (tx) => {
    const unblocked = await tx.$queryRaw<{ clientId: string; name: string }[]>`
      UPDATE oauth_client SET revoked_at = NULL, blocked_at = NULL
      WHERE project_id = ${projectId}::uuid AND client_id = ANY (${clientIds}::text[]) AND blocked_at IS NOT NULL
      RETURNING client_id AS "clientId", name`
    if (unblocked.length === 0) {
      const known = await tx.oAuthClient.count({ where: { projectId, clientId: { in: clientIds } } })
      throw known > 0 ? conflict('This client is not blocked') : notFound('Client')
    }
    for (const client of unblocked) {
      await recordAudit(tx, auditSource(ctx), {
        action: 'client.unblocked',
        ...client,
        changes: { blocked: { before: true, after: false } },
      })
    }
    return unblocked.length
  })
}
