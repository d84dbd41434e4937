import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { seal } from '#lib/keys/seal.ts'
import { secretOpens } from '#lib/webhooks/secrets.ts'
import { newWebhookSecret } from '#lib/webhooks/signature.ts'
import { databaseTime, hoursLater } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type RotateWebhookSecretInput, rotateWebhookSecretInput } from './inputs.ts'

/**
 * Returns the new secret, once. During the overlap both sign; an old one that does not open signs nothing, and is not kept.
 * Throws `forbidden`, `reauthenticate`, `not_found`, `conflict` for the slower of two.
 */
export async function rotateWebhookSecret(ctx: ManagementContext, input: RotateWebhookSecretInput): Promise<{ secret: string }> {
  requirePermission(ctx, 'webhook:write')
  requireRecentAuthentication(ctx)
  const { endpointId, overlapHours } = parseInput(rotateWebhookSecretInput, input)
  const projectId = ctx.project.id
  const belongsTo = { projectId, kind: 'webhook-secret', id: endpointId } as const
  const secret = newWebhookSecret()
  const sealedSecret = seal(secret, belongsTo)

  await inTransaction(async (tx) => {
    const old = await tx.webhookEndpoint.findFirst({ where: { projectId, id: endpointId }, select: { url: true, sealedSecret: true } })
    if (!old) throw notFound('Webhook endpoint')
    const overlaps = overlapHours > 0 && secretOpens({ projectId, id: endpointId, sealedSecret: old.sealedSecret })
    const previousSecretExpiresAt = !overlaps ? null : hoursLater(await databaseTime(tx), overlapHours)
    const rotated = await tx.webhookEndpoint.updateMany({
      where: { projectId, id: endpointId, sealedSecret: old.sealedSecret },
      data: {
        ...{ sealedSecret, lastFour: secret.slice(-4), previousSecretExpiresAt },
        sealedPreviousSecret: !overlaps ? null : old.sealedSecret,
      },
    })
    if (rotated.count !== 1) throw conflict('Somebody else has just rotated this secret')
    await recordAudit(tx, auditSource(ctx), { action: 'webhook_endpoint.secret_rotated', endpointId, url: old.url })
  })
  return { secret }
}
