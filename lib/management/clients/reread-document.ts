import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ClientInput, clientInput } from './inputs.ts'

/**
 * The copies that processes keep of a client's metadata document count no more: each reads it again when the client is next used, and goes
 * on with its copy only where the document cannot be read then. Throws `forbidden`, `not_found`, `conflict` for a client without a document.
 */
export async function rereadClientDocument(ctx: ManagementContext, input: ClientInput): Promise<void> {
  requirePermission(ctx, 'client:write')
  const { clientId } = parseInput(clientInput, input)
  await inTransaction(async (tx) => {
    const [client] = await tx.$queryRaw<{ name: string }[]>`
      UPDATE oauth_client SET document_stale_at = now()
      WHERE project_id = ${ctx.project.id}::uuid AND client_id = ${clientId} AND source = 'document' RETURNING name`
    if (!client) {
      const known = await tx.oAuthClient.count({ where: { projectId: ctx.project.id, clientId } })
      throw known > 0 ? conflict('This client has no metadata document') : notFound('Client')
    }
    await recordAudit(tx, auditSource(ctx), { action: 'client.document_expired', clientId, name: client.name })
  })
}
