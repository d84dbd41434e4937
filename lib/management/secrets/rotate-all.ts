import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { databaseTime, hoursLater } from '../clock.ts'
import { auditSource, type ManagementContext, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { newSecret } from '../secret.ts'
import { type RotateProjectSecretsInput, rotateProjectSecretsInput } from './inputs.ts'
import { requireRoomForSecret } from './living.ts'

/**
 * One new secret in place of all of a kind. Returns it, once: only its hash is kept. Older ones of the kind end after the overlap, or
 * earlier if they were to end earlier. Throws `forbidden`, `reauthenticate`, `invalid`, `conflict` when there is no room for one more.
 */
export async function rotateProjectSecrets(
  ctx: ManagementContext,
  input: RotateProjectSecretsInput,
): Promise<{ secretId: string; secret: string }> {
  requirePermission(ctx, 'secret:write')
  requireRecentAuthentication(ctx)
  const { kind, overlapHours } = parseInput(rotateProjectSecretsInput, input)
  const projectId = ctx.project.id
  const secretId = uuidv7()
  const { secret, secretHash, lastFour } = newSecret(kind)

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const now = await databaseTime(tx)
    const ends = hoursLater(now, overlapHours)
    await tx.projectSecret.updateMany({
      where: { projectId, kind, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: ends } }] },
      data: { expiresAt: ends },
    })
    await requireRoomForSecret(tx, projectId, kind, now)
    await tx.projectSecret.create({ data: { projectId, id: secretId, kind, secretHash, lastFour } })
    await recordAudit(tx, auditSource(ctx), { action: 'secret.rotated', secret: kind, secretId, changes: { overlapHours } })
  })
  return { secretId, secret }
}
