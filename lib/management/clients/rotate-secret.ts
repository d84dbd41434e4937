import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { databaseTime, hoursLater } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { newSecret } from '../secret.ts'
import { type RotateClientSecretInput, rotateClientSecretInput } from './inputs.ts'

/**
 * Returns the new secret, once: only its hash is kept. The one before counts until the overlap ends; one still older ends now.
 * Throws `forbidden`, `reauthenticate`, `not_found`, `conflict` when it has no secret, is blocked or deleted, or somebody else rotates it at the same moment.
 */
export async function rotateClientSecret(ctx: ManagementContext, input: RotateClientSecretInput): Promise<{ clientSecret: string }> {
  requirePermission(ctx, 'client:write')
  requireRecentAuthentication(ctx)
  const { clientId, overlapHours } = parseInput(rotateClientSecretInput, input)
  const where = { projectId: ctx.project.id, clientId }
  const { secret, secretHash, lastFour } = newSecret('client')

  await inTransaction(async (tx) => {
    const client = await tx.oAuthClient.findFirst({ where, select: { name: true, secretHash: true, revokedAt: true } })
    if (!client) throw notFound('Client')
    if (client.secretHash === null) throw conflict('This client has no secret')
    if (client.revokedAt !== null) throw conflict('This client is blocked or deleted')

    const now = await databaseTime(tx)
    const rotated = await tx.oAuthClient.updateMany({
      where: { ...where, secretHash: client.secretHash, revokedAt: null },
      data: {
        secretHash,
        secretLastFour: lastFour,
        secretRotatedAt: now,
        previousSecretHash: overlapHours === 0 ? null : client.secretHash,
        previousSecretExpiresAt: overlapHours === 0 ? null : hoursLater(now, overlapHours),
      },
    })
    if (rotated.count !== 1) throw conflict('Somebody else rotated this secret at the same moment')
    await recordAudit(tx, auditSource(ctx), { action: 'client.secret_rotated', clientId, name: client.name, changes: { overlapHours } })
  })
  return { clientSecret: secret }
}
