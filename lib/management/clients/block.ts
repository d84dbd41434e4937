import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ClientInput, type ClientsInput, clientInput, clientsInput } from './inputs.ts'

/**
 * Refused everywhere from now on, as if it were deleted, but its grants wait: `unblockClient` takes it back whole.
 * Throws `forbidden`, `not_found`, `conflict` when it is blocked or deleted already, and for the project's own backend.
 */
export async function blockClient(ctx: ManagementContext, input: ClientInput): Promise<void> {
  requirePermission(ctx, 'client:write')
  const { clientId } = parseInput(clientInput, input)
  await block(ctx, [clientId])
}

/** Those that can be, together, each with a row of its own in the log. Throws as above when there is none. */
export async function blockClients(ctx: ManagementContext, input: ClientsInput): Promise<{ changed: number }> {
  requirePermission(ctx, 'client:write')
  const { clientIds } = parseInput(clientsInput, input)
  return { changed: await block(ctx, clientIds) }
}

function block(ctx: ManagementContext, clientIds: string[]): Promise<number> {
  const projectId = ctx.project.id
  return inTransaction(async (tx) => {
    const blocked = await tx.$queryRaw<{ clientId: string; name: string }[]>`
      UPDATE oauth_client SET revoked_at = now(), blocked_at = now()
      WHERE project_id = ${projectId}::uuid AND client_id = ANY (${clientIds}::text[]) AND source <> 'builtin' AND revoked_at IS NULL
      RETURNING client_id AS "clientId", name`
    if (blocked.length === 0) {
      const [client] = await tx.oAuthClient.findMany({ where: { projectId, clientId: { in: clientIds } }, take: 1 })
      if (!client) throw notFound('Client')
      if (client.source === 'builtin') throw conflict("The project's own backend cannot be blocked: revoke the server secret instead")
      throw conflict(client.blockedAt ? 'This client is blocked already' : 'This client is deleted')
    }
    for (const client of blocked) {
      await recordAudit(tx, auditSource(ctx), { action: 'client.blocked', ...client, changes: { blocked: { before: false, after: true } } })
    }
    return blocked.length
  })
}
