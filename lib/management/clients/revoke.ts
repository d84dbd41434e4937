import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { endGrants } from '../grants/end.ts'
import { parseInput } from '../parse.ts'
import { type RevokeClientInput, revokeClientInput } from './inputs.ts'

/**
 * Ends the client for good with all its grants, refresh tokens and, where tokens are introspected, access tokens.
 * A blocked one too. Throws `forbidden`, `reauthenticate`, `not_found`, `conflict` when it is deleted already.
 */
export async function revokeClient(ctx: ManagementContext, input: RevokeClientInput): Promise<{ grantsEnded: number }> {
  requirePermission(ctx, 'client:write')
  requireRecentAuthentication(ctx)
  const { clientId } = parseInput(revokeClientInput, input)
  const where = { projectId: ctx.project.id, clientId }

  return inTransaction(async (tx) => {
    const client = await tx.oAuthClient.findFirst({ where, select: { name: true, source: true } })
    if (!client) throw notFound('Client')
    if (client.source === 'builtin') throw conflict("The project's own backend cannot be deleted: rotate the server secret instead")

    const now = await databaseTime(tx)
    const revoked = await tx.oAuthClient.updateMany({
      where: { ...where, OR: [{ revokedAt: null }, { blockedAt: { not: null } }] },
      data: { revokedAt: now, blockedAt: null, tokensFrom: now },
    })
    if (revoked.count !== 1) throw conflict('This client is deleted already')
    const { length: grantsEnded } = await endGrants(tx, ctx, { clientId }, 'client_revoked')
    await recordAudit(tx, auditSource(ctx), { action: 'client.revoked', clientId, name: client.name, changes: { grantsEnded } })
    return { grantsEnded }
  })
}
