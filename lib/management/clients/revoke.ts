import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { removalOf } from '../changes.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { endGrants } from '../grants/end.ts'
import { parseInput } from '../parse.ts'
import { type ClientInput, type ClientsInput, clientInput, clientsInput } from './inputs.ts'

/**
 * Ends the client for good with all its grants, refresh tokens and, where tokens are introspected, access tokens.
 * A blocked one too. Throws `forbidden`, `reauthenticate`, `not_found`, `conflict` when it is deleted already.
 */
export async function revokeClient(ctx: ManagementContext, input: ClientInput): Promise<{ grantsEnded: number }> {
  requirePermission(ctx, 'client:write')
  requireRecentAuthentication(ctx)
  const { clientId } = parseInput(clientInput, input)
  const { grantsEnded } = await revoke(ctx, [clientId])
  return { grantsEnded }
}

/** Those that can be, together, each with a row of its own in the log. Throws as above when there is none. */
export async function revokeClients(ctx: ManagementContext, input: ClientsInput): Promise<{ changed: number; grantsEnded: number }> {
  requirePermission(ctx, 'client:write')
  requireRecentAuthentication(ctx)
  const { clientIds } = parseInput(clientsInput, input)
  return revoke(ctx, clientIds)
}

type Was = {
  readonly clientId: string
  readonly name: string
  readonly source: string
  readonly redirectUris: string
  readonly blocked: boolean
}

function revoke(ctx: ManagementContext, clientIds: string[]): Promise<{ changed: number; grantsEnded: number }> {
  return inTransaction(async (tx) => {
    const were = await hold(tx, ctx, clientIds)
    const ids = were.map(({ clientId }) => clientId)
    await tx.$executeRaw`
      UPDATE oauth_client SET revoked_at = now(), blocked_at = NULL, tokens_from = now()
      WHERE project_id = ${ctx.project.id}::uuid AND client_id = ANY (${ids}::text[])`
    await tx.clientLogo.deleteMany({ where: { projectId: ctx.project.id, clientId: { in: ids } } })
    const ended = await endGrants(tx, ctx, { clientIds: ids }, 'client_revoked')
    for (const { clientId, name, source, redirectUris, blocked } of were) {
      const was = removalOf({ source, redirectUris: JSON.parse(redirectUris) as string[], blocked })
      const grantsEnded = ended.filter((grant) => grant.clientId === clientId).length
      await recordAudit(tx, auditSource(ctx), { action: 'client.revoked', clientId, name, changes: { ...was, grantsEnded } })
    }
    return { changed: were.length, grantsEnded: ended.length }
  })
}

/** What can be deleted of them, held until it is: an approval under way is waited for, and ended too. */
async function hold(tx: Transaction, ctx: ManagementContext, clientIds: string[]): Promise<Was[]> {
  const projectId = ctx.project.id
  const held = await tx.$queryRaw<Was[]>`
    SELECT client_id AS "clientId", name, source, redirect_uris AS "redirectUris", blocked_at IS NOT NULL AS blocked FROM oauth_client
    WHERE project_id = ${projectId}::uuid AND client_id = ANY (${clientIds}::text[]) AND source <> 'builtin'
      AND (revoked_at IS NULL OR blocked_at IS NOT NULL)
    ORDER BY client_id FOR UPDATE`
  if (held.length > 0) return held
  const [client] = await tx.oAuthClient.findMany({ where: { projectId, clientId: { in: clientIds } }, select: { source: true }, take: 1 })
  if (!client) throw notFound('Client')
  if (client.source === 'builtin') throw conflict("The project's own backend cannot be deleted: rotate the server secret instead")
  throw conflict('This client is deleted already')
}
