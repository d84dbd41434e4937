import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ClientInput, clientInput } from './inputs.ts'

/**
 * The secret before the present one counts no more: its overlap ends now. Throws `forbidden`, `reauthenticate`, `not_found`, `conflict`
 * when there is none that still counts.
 */
export async function endPreviousClientSecret(ctx: ManagementContext, input: ClientInput): Promise<void> {
  requirePermission(ctx, 'client:write')
  requireRecentAuthentication(ctx)
  const { clientId } = parseInput(clientInput, input)
  const where = { projectId: ctx.project.id, clientId }

  await inTransaction(async (tx) => {
    const client = await tx.oAuthClient.findFirst({ where, select: { name: true } })
    if (!client) throw notFound('Client')
    const ended = await tx.oAuthClient.updateMany({
      where: { ...where, previousSecretHash: { not: null }, previousSecretExpiresAt: { gt: await databaseTime(tx) } },
      data: { previousSecretHash: null, previousSecretExpiresAt: null },
    })
    if (ended.count !== 1) throw conflict('No secret before the present one counts')
    await recordAudit(tx, auditSource(ctx), { action: 'client.previous_secret_ended', clientId, name: client.name })
  })
}
